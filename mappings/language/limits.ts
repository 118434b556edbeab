/** Numbers, addresses, values of a list: whatever stands on one line is shorter, and folding a megabyte takes a second. */
export const longestLine = 10_000;
