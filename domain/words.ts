/** What people are told, in Thai and in English. */
export interface Words {
  th: string;
  en: string;
}
