// Official holidays and substitution days of 2026 and 2027 with which a new database begins. The table in the database is
// the one that counts: the central office corrects it when the cabinet announces or moves a day (R3.5).

/**
 * ISO date and Thai name, substitution days (ชดเชย) and the days they stand for both listed (R3.5). As best known when
 * written: the lunar Buddhist days of 2027 are calculated ahead of their announcement, and the palace has yet to name the
 * Royal Ploughing Day (วันพืชมงคล) of 2027.
 */
export const OFFICIAL_HOLIDAYS: readonly { date: string; name: string }[] = [
  { date: '2026-01-01', name: 'วันขึ้นปีใหม่' },
  { date: '2026-01-02', name: 'วันหยุดพิเศษ' },
  { date: '2026-03-03', name: 'วันมาฆบูชา' },
  { date: '2026-04-06', name: 'วันจักรี' },
  { date: '2026-04-13', name: 'วันสงกรานต์' },
  { date: '2026-04-14', name: 'วันสงกรานต์' },
  { date: '2026-04-15', name: 'วันสงกรานต์' },
  { date: '2026-05-04', name: 'วันฉัตรมงคล' },
  { date: '2026-05-13', name: 'วันพืชมงคล' },
  { date: '2026-05-31', name: 'วันวิสาขบูชา' },
  { date: '2026-06-01', name: 'ชดเชยวันวิสาขบูชา' },
  { date: '2026-06-03', name: 'วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี' },
  { date: '2026-07-28', name: 'วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว' },
  { date: '2026-07-29', name: 'วันอาสาฬหบูชา' },
  { date: '2026-07-30', name: 'วันเข้าพรรษา' },
  { date: '2026-08-12', name: 'วันแม่แห่งชาติ' },
  { date: '2026-10-13', name: 'วันนวมินทรมหาราช' },
  { date: '2026-10-23', name: 'วันปิยมหาราช' },
  { date: '2026-12-05', name: 'วันพ่อแห่งชาติ' },
  { date: '2026-12-07', name: 'ชดเชยวันพ่อแห่งชาติ' },
  { date: '2026-12-10', name: 'วันรัฐธรรมนูญ' },
  { date: '2026-12-31', name: 'วันสิ้นปี' },
  { date: '2027-01-01', name: 'วันขึ้นปีใหม่' },
  { date: '2027-02-21', name: 'วันมาฆบูชา' },
  { date: '2027-02-22', name: 'ชดเชยวันมาฆบูชา' },
  { date: '2027-04-06', name: 'วันจักรี' },
  { date: '2027-04-13', name: 'วันสงกรานต์' },
  { date: '2027-04-14', name: 'วันสงกรานต์' },
  { date: '2027-04-15', name: 'วันสงกรานต์' },
  { date: '2027-05-04', name: 'วันฉัตรมงคล' },
  { date: '2027-05-20', name: 'วันวิสาขบูชา' },
  { date: '2027-06-03', name: 'วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี' },
  { date: '2027-07-18', name: 'วันอาสาฬหบูชา' },
  { date: '2027-07-19', name: 'วันเข้าพรรษา' },
  // The Monday is a holiday itself, so the substitution moves on, as in 2020.
  { date: '2027-07-20', name: 'ชดเชยวันอาสาฬหบูชา' },
  { date: '2027-07-28', name: 'วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว' },
  { date: '2027-08-12', name: 'วันแม่แห่งชาติ' },
  { date: '2027-10-13', name: 'วันนวมินทรมหาราช' },
  { date: '2027-10-23', name: 'วันปิยมหาราช' },
  { date: '2027-10-25', name: 'ชดเชยวันปิยมหาราช' },
  { date: '2027-12-05', name: 'วันพ่อแห่งชาติ' },
  { date: '2027-12-06', name: 'ชดเชยวันพ่อแห่งชาติ' },
  { date: '2027-12-10', name: 'วันรัฐธรรมนูญ' },
  { date: '2027-12-31', name: 'วันสิ้นปี' },
];
