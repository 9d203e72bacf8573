// How many rows a page of a list has.

/** Schools to choose from: so many fit on a phone without endless scrolling. */
export const SCHOOLS_A_PAGE = 20;

/** Rows of an office's or a school's own lists: so many are looked through at a glance, and load at once on a slow line. */
export const ROWS_A_PAGE = 25;
