import { setImmediate as tick } from 'node:timers/promises';
import { Refused } from '../../domain/refused';
import { turns } from '../../security/turns';

test('no more at once than there are places, also when somebody comes as a place is handed over', async () => {
  const inTurn = turns(2, 100);
  let [running, peak] = [0, 0];
  const work = async () => {
    running += 1;
    peak = Math.max(peak, running);
    await tick();
    running -= 1;
  };
  const first = Array.from({ length: 6 }, () => inTurn(work));
  // Each comes in the very moment in which an earlier one ends.
  const later = first.map((one) => one.then(() => inTurn(work)));
  await Promise.all([...first, ...later]);
  expect([running, peak]).toEqual([0, 2]);
});

test('a piece of work that fails gives its place back', async () => {
  const inTurn = turns(1, 100);
  await expect(inTurn(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await inTurn(async () => 'done')).toBe('done');
});

test('more than may wait are refused at once', async () => {
  const inTurn = turns(1, 2);
  let end: () => void = () => undefined;
  const busy = inTurn(() => new Promise<void>((resolve) => (end = resolve)));
  const waiting = [inTurn(async () => 1), inTurn(async () => 2)];
  await expect(inTurn(async () => 3)).rejects.toThrow(Refused);
  end();
  await busy;
  expect(await Promise.all(waiting)).toEqual([1, 2]);
});
