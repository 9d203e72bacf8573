// The headings of a list of transfers: which each has, and how it stands in an address (R5.3d).
import type { AccountView } from '../commands/commands';
import type { Words } from '../domain/words';
import type { TransferCounts, TransferFilter } from '../queries/transfer-queries';

export interface TransferListView extends Words {
  /** In the address: `?view=out`. */
  name: string;
  conditions: Pick<TransferFilter, 'direction' | 'open' | 'waiting' | 'latest'>;
  /** Its figure. */
  count?: keyof TransferCounts;
  /** Where it is empty: what that means, or what to do. */
  empty: Words;
}

const NOTHING: Words = { th: 'ไม่มีคำขอในกลุ่มนี้', en: 'There is nothing here.' };
const open = (direction?: 'in' | 'out') => ({ open: true, ...(direction && { direction }) });

const WAITING: TransferListView = {
  name: 'waiting',
  conditions: { waiting: true },
  count: 'waiting',
  th: 'รอสำนักงานนี้พิจารณา',
  en: 'Waiting for this office',
  empty: { th: 'ไม่มีคำขอที่รอท่านพิจารณา', en: 'Nothing waits for your decision.' },
};
const CLOSED: TransferListView = { name: 'closed', conditions: { open: false, latest: true }, th: 'สิ้นสุดแล้ว', en: 'Ended', empty: NOTHING };

const VIEWS: Record<AccountView['role'], readonly [TransferListView, ...TransferListView[]]> = {
  SCHOOL: [
    {
      name: 'out',
      conditions: open('out'),
      count: 'out',
      th: 'ผู้อื่นขอย้ายออก',
      en: 'Pending out',
      empty: { th: 'ไม่มีสถานศึกษาใดขอย้ายข้อมูลบุคลากรของท่าน', en: 'No school asks for anybody of yours.' },
    },
    {
      name: 'in',
      conditions: open('in'),
      count: 'in',
      th: 'ท่านขอย้ายเข้า',
      en: 'Pending in',
      empty: {
        th: 'ท่านไม่มีคำขอที่รอผล หากมีผู้ย้ายมา โปรดกด “เพิ่มบุคลากร” แล้วค้นหาด้วยเลขประจำตัวประชาชน',
        en: 'You have asked for nobody. When somebody has moved to you, begin with “Add somebody” and look the national ID up.',
      },
    },
    CLOSED,
  ],
  DISTRICT: [
    WAITING,
    { name: 'out', conditions: open('out'), count: 'out', th: 'ย้ายออกจากเขต', en: 'Out of our schools', empty: NOTHING },
    { name: 'in', conditions: open('in'), count: 'in', th: 'ย้ายเข้าเขต', en: 'Into our schools', empty: NOTHING },
    CLOSED,
  ],
  CENTRAL: [WAITING, { name: 'open', conditions: open(), count: 'in', th: 'ยังไม่สิ้นสุด', en: 'Open', empty: NOTHING }, CLOSED],
};

/** The headings that an account has: the first is the one that opens. */
export function transferViewsFor({ role }: Pick<AccountView, 'role'>): readonly [TransferListView, ...TransferListView[]] {
  return VIEWS[role];
}
