// Made-up people for all schools of a database: the same ones for the same schools and count, so that making them again adds nobody.
import { nationalIdWithChecksum } from '../domain/national-id';
import type { StaffRecord } from '../domain/staff';
import { derivedId } from '../security/derived-id';

export interface SyntheticPerson {
  id: string;
  postingId: string;
  nationalId: string;
  record: StaffRecord;
  /** Since when at the school; the data was confirmed then, too. */
  from: string;
}

const FIRST =
  'กมล กานดา เกษม ขวัญใจ คำแพง จันทร์เพ็ญ ชูชาติ ณรงค์ ดวงใจ ทองดี ธงชัย นภา บุญมี ประเสริฐ ปราณี พิมพ์ใจ ไพโรจน์ มานะ มาลี รัตนา ละออง วิชัย ศิริพร สมชาย สายฝน สุดา อำนาจ อรุณ';
const LAST =
  'ใจดี ทองคำ บุญมา พรหมดี ศรีสุข แสงทอง สุขสวัสดิ์ เรืองศรี คำแก้ว วงศ์ไทย มั่นคง แก้วมณี จันทร์ดี ชัยมงคล ดีงาม ทิพย์รัตน์ นาคทอง ปัญญาดี เพชรงาม ภักดี โยธา ลาภมาก วงษ์สุวรรณ สายทอง อินทร์แก้ว';
const MAJORS = 'คณิตศาสตร์ วิทยาศาสตร์ ภาษาไทย ภาษาอังกฤษ สังคมศึกษา ปฐมวัย พลศึกษา ศิลปะ ดนตรี เกษตรกรรม';
const TITLES = ['นาย', 'นาง', 'นางสาว'];

/** The n-th of some words, going round. */
function pick(words: string | readonly string[], number: number): string {
  const list = typeof words === 'string' ? words.split(' ') : words;
  return list[number % list.length] ?? '';
}

/** A whole number that looks random, the same for the same serial. */
function scatter(serial: number, salt: number): number {
  return Math.imul(serial + 1, 2_654_435_761 + 2 * salt) >>> 8;
}

/** Of schools as they are: one in a hundred is large, one in ten is middling, the others are small. */
export function schoolSizes(schools: number, people: number): number[] {
  const weights = Array.from({ length: schools }, (_none, index) => (index % 100 === 0 ? 30 : index % 10 === 0 ? 5 : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  let given = 0;
  return weights.map((weight) => {
    passed += weight;
    const size = Math.round((people * passed) / total) - given;
    given += size;
    return size;
  });
}

/** The serial-th person of a database, at a school; every third one is incomplete. */
export function syntheticPerson(serial: number, isFirstOfSchool: boolean): SyntheticPerson {
  const year = 1965 + (scatter(serial, 1) % 35);
  const month = String(1 + (scatter(serial, 2) % 12)).padStart(2, '0');
  const appointedYear = Math.min(2025, year + 24);
  const experienced = 2026 - appointedYear > 8;
  const incomplete = serial % 3 === 0;
  return {
    id: uuid(`person ${serial}`),
    postingId: uuid(`posting ${serial}`),
    // Of made-up people only: nobody is born under a number that begins with 6 and counts.
    nationalId: nationalIdWithChecksum(`6${String(serial).padStart(11, '0')}`),
    from: `${2010 + (scatter(serial, 3) % 16)}-05-16`,
    record: {
      title: pick(TITLES, scatter(serial, 4)),
      firstName: pick(FIRST, scatter(serial, 5)),
      lastName: pick(LAST, scatter(serial, 6)),
      position: isFirstOfSchool ? 'DIRECTOR' : serial % 12 === 0 ? 'EDUCATIONAL_PERSONNEL' : 'TEACHER',
      birthDate: `${year}-${month}-15`,
      positionNumber: String(1 + serial),
      academicStanding: experienced ? 'ชำนาญการ' : 'ไม่มีวิทยฐานะ',
      standingDate: experienced ? `${appointedYear + 8}-10-01` : null,
      appointedDate: `${appointedYear}-05-16`,
      qualification: 'ค.บ.',
      major: incomplete ? null : pick(MAJORS, scatter(serial, 7)),
      email: null,
      phone: null,
    },
  };
}

/** The same ID for the same thing. */
function uuid(name: string): string {
  return derivedId(`synthetic ${name}`);
}
