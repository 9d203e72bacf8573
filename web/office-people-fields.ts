/** The first and the last day of a substitution (R3.6): each is three fields on the page. */
export const PERIOD_DATES = ['from', 'to'] as const;
