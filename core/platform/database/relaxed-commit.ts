/**
 * An SQL expression that lets the transaction around it commit without waiting for the disk. Put it where the statement
 * evaluates it at least once (its select list, `returning`). For rows that can be worked out again: after a power cut the
 * last fraction of a second of them may be gone. A killed hub or a killed server process loses nothing.
 */
export const relaxedCommit = `set_config('synchronous_commit', 'off', true)`;
