// Names of people as they are typed. They stand in the salutations of mails from the official sender, where many programs make a link
// of whatever looks like one: no name brings a link or an address of its own (R2.3).

/** A scheme, `www.`, an address, or a domain with a path. Other signs stay: people write two names with a stroke between them. */
const LINK = /:\/\/|www\.|\S@\S|[\p{L}\d]\.[\p{L}\d]+[/\\]/iu;

/** Whether a name holds what makes a link or an address, also in wide letters. @param name normalised (domain/thai-text.ts) */
export function holdsLink(name: string): boolean {
  return LINK.test(name.normalize('NFKC'));
}
