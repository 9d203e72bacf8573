// What commands, the worker and the transfer workflow say to each other, beside what every case says.

/** The one place that builds a transfer's workflow ID: at most one open transfer of a person (R5.3c). */
export function transferWorkflowId(personId: string): string {
  return `transfer/${personId}`;
}
