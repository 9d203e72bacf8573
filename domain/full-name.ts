// A person's whole name as one text. By it an officer who types a registration in, or approves it, is known not to be its registrant
// (R2.6), however the names were typed (X5).
import { nameKey } from './thai-text';

/** A name as forms ask for it. */
export interface NameParts {
  title: string;
  firstName: string;
  lastName: string;
}

/** `นางสาวมาลี ดีงาม`: the title stands before the first name without a space. */
export function fullName({ title, firstName, lastName }: NameParts): string {
  return `${title}${firstName} ${lastName}`;
}

/** What stands before names in the accounts of offices and in registrations; more of it may stand together. */
const TITLES = [
  ...['นางสาว', 'น.ส.', 'นส.', 'นาง', 'นาย', 'คุณหญิง', 'คุณ', 'ม.ร.ว.', 'หม่อมราชวงศ์', 'ม.ล.', 'หม่อมหลวง'],
  ...['ครู', 'อาจารย์', 'อ.', 'ผู้อำนวยการ', 'ผอ.', 'รองผู้อำนวยการ', 'รองผอ.', 'ศึกษานิเทศก์', 'ศน.'],
  ...['ศาสตราจารย์', 'รองศาสตราจารย์', 'ผู้ช่วยศาสตราจารย์', 'ศ.', 'รศ.', 'ผศ.', 'ดร.', 'นพ.', 'พญ.'],
  // Ranks, of women with หญิง behind them: an acting second lieutenant is common among teachers.
  ...['ว่าที่', 'หญิง'],
  ...['ร้อยตำรวจตรี', 'ร้อยตำรวจโท', 'ร้อยตำรวจเอก', 'พันตำรวจตรี', 'พันตำรวจโท', 'พันตำรวจเอก', 'ดาบตำรวจ', 'จ่าสิบตำรวจ', 'สิบตำรวจ'],
  ...['ร.ต.ต.', 'ร.ต.ท.', 'ร.ต.อ.', 'พ.ต.ต.', 'พ.ต.ท.', 'พ.ต.อ.', 'ด.ต.', 'จ.ส.ต.'],
  ...['ร้อยตรี', 'ร้อยโท', 'ร้อยเอก', 'พันตรี', 'พันโท', 'พันเอก', 'พลตรี', 'สิบตรี', 'สิบโท', 'สิบเอก', 'จ่าสิบตรี', 'จ่าสิบโท', 'จ่าสิบเอก'],
  ...['เรือตรี', 'เรือโท', 'เรือเอก', 'เรืออากาศตรี', 'เรืออากาศโท', 'เรืออากาศเอก', 'พันจ่าเอก', 'พันจ่าอากาศเอก', 'จ่าเอก', 'จ่าอากาศเอก'],
  ...['ร.ต.', 'รต.', 'ร.ท.', 'ร.อ.', 'พ.ต.', 'พ.ท.', 'พ.อ.', 'พล.ต.', 'ส.ต.', 'ส.ท.', 'ส.อ.', 'จ.ส.ท.', 'จ.ส.อ.', 'พ.จ.อ.', 'พ.อ.อ.', 'จ.อ.'],
  ...['mrs.', 'miss', 'mr.', 'ms.', 'prof.', 'dr.'],
].map((title) => nameKey(title));

/** The name as it is, and without whatever titles may stand before it: some begin with others, and ranks come together. */
function withoutTitles(key: string): Set<string> {
  const found = new Set([key]);
  // What is found meanwhile is looked at too, and each once: a name of nothing but titles can be divided in a great many ways.
  for (const name of found) for (const title of TITLES) if (name.startsWith(title) && name.length > title.length) found.add(name.slice(title.length));
  return found;
}

/**
 * Whether a name with or without a title is a person's: an officer's account holds one text, a registrant three.
 * @param text such as `นางสาวมาลี ดีงาม`
 */
export function isNameOf(text: string, { title, firstName, lastName }: NameParts): boolean {
  const names = [nameKey(firstName, lastName), nameKey(title, firstName, lastName)].map(withoutTitles);
  return [...withoutTitles(nameKey(text))].some((name) => names.some((found) => found.has(name)));
}
