declare module 'async-exit-hook' {
  const exitHook: {
    /** Names of the process's events at which it acts. */
    hookedEvents(): string[];
    unhookEvent(event: string): void;
  };
  export default exitHook;
}
