/** Whether an error of the file system says that a file or folder is not there; any other trouble is none of that. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
