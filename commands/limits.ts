// How often somebody may ask (docs/operations.md, Settings), as the API and the pages count it together.

/** Failed sign-ins of an account from an address: neither the account from elsewhere nor others from there are held up (R4.4). */
export interface SignInLimit {
  /** Counts before the password is looked at, so that a burst has no more tries than a queue. @throws Refused RATE_LIMITED */
  attempt(): Promise<void>;
  /** Only failures count: a success clears them. */
  succeeded(): Promise<void>;
  /** The attempt told nothing about the password: it does not count. */
  undone(): Promise<void>;
}

export interface Limiters {
  /** Counts a call of an address. @throws Refused RATE_LIMITED */
  submit(address: string): Promise<void>;
  /** The same for everybody in a meeting's room, who come by one address (R2.4): apart from others there, and from the code elsewhere. @throws Refused RATE_LIMITED */
  submitAtMeeting(meetingId: string, address: string): Promise<void>;
  files(address: string): Promise<void>;
  /** The same for everybody in a meeting's room. @throws Refused RATE_LIMITED */
  filesAtMeeting(meetingId: string, address: string): Promise<void>;
  objections(address: string): Promise<void>;
  resets(address: string): Promise<void>;
  signIn(email: string, address: string): SignInLimit;
}
