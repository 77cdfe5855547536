const HOSTS: readonly (readonly [regions: RegExp, host: string | null])[] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
  // The isolated and sovereign partitions have consoles of their own that AWS's public documents do not name.
  [/^(?:us|eu)-iso|^eusc-/, null],
  [/^/, 'console.aws.amazon.com'],
];

/** The host of the console that knows a Region; `null`: not known. */
export const consoleHost = (region: string): string | null =>
  HOSTS.find(([regions]) => regions.test(region))?.[1] ?? null;
