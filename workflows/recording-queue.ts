// Recordings of a case go one at a time, in the order in which they were asked for: by tickets, since a chain of promises costs
// several more of them for each, and the SDK keeps a stack trace of every one.

/** Who records next. */
export interface RecordingQueue {
  /** Joins at once; what is counted here synchronously is what the next validator sees. */
  join(): { isNow(): boolean; end(): void };
  /** Whether nobody records or waits. */
  idle(): boolean;
}

/** The queue of one case. */
export function createRecordingQueue(): RecordingQueue {
  let joined = 0;
  let ended = 0;
  return {
    join() {
      const ticket = joined;
      joined += 1;
      return {
        isNow: () => ticket === ended,
        end() {
          ended += 1;
        },
      };
    },
    idle: () => joined === ended,
  };
}
