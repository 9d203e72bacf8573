import type { Limiters } from './limits';

/** Each throttle of people alone, and the one of everybody behind a meeting room's address. */
const OF_ROOM = { submit: 'submitAtMeeting', files: 'filesAtMeeting' } as const;

interface Origin {
  /** Of the meeting at which it is sent, where that is so; one that is unknown counts as none. */
  meetingCode: string | undefined;
  /** Blank where the connection has none any more. */
  address: string | undefined;
}

/**
 * R2.4: people behind one meeting room's address are counted by its meeting, everybody else by the address. Whoever has the code elsewhere
 * uses up nothing of the room.
 * @param queries what finds the meeting of a code
 * @throws Refused RATE_LIMITED
 */
export async function limitByRoom(
  { queries, limiters }: { queries: { meetingByCode(code: string): Promise<{ id: string } | null> }; limiters: Limiters },
  what: keyof typeof OF_ROOM,
  { meetingCode, address = '' }: Origin,
): Promise<void> {
  const meeting = meetingCode === undefined ? null : await queries.meetingByCode(meetingCode);
  await (meeting ? limiters[OF_ROOM[what]](meeting.id, address) : limiters[what](address));
}
