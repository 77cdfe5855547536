/**
 * Milliseconds of processor time that some work takes: bad input must be dealt with in bounded time, and how busy the machine is has no
 * part in that. Bounds are far above what is usual; how fast things are is measured in `bench/`.
 */
export const cpuTimeOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
