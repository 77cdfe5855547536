import type { Audited, Occasion } from './occasion';
import { isComplete, worstOf } from './occasion';

/** SNS takes fewer than 100 characters. */
const LONGEST = 99;
const PREFIX = '[api-auth-audit]';

/** ASCII only, as SNS demands: accents go, the rest becomes `?`, control characters and line breaks become spaces. */
const toAscii = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}\p{Cs}]/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll(/[^ -~]+/gu, '?')
    .trim();

const placeOf = ({ account, regions }: Audited): string => {
  const [only] = regions.length === 1 ? regions : [];
  return `${account} ${only ?? `${regions.length} regions`}`;
};

/** What comes after the colon is never cut, neither are account and region: only the alias is of any length. */
export const subjectOf = (audited: Audited, saying: string): string => {
  const fixed = `${placeOf(audited)}: ${saying}`;
  const room = LONGEST - PREFIX.length - fixed.length - 2;
  const alias = audited.alias === null ? '' : toAscii(audited.alias);
  const shown = alias.length <= room ? alias : room < 4 ? '' : `${alias.slice(0, room - 3)}...`;
  return [PREFIX, ...(shown === '' ? [] : [shown]), fixed].join(' ');
};

/** `2 new, 1 resolved (worst: error)`. */
export const countsOf = (occasion: Occasion): string => {
  const worst = worstOf(occasion.told);
  const open = occasion.told.length - occasion.new - occasion.worse;
  if (occasion.history !== null) {
    const standing = occasion.new + occasion.worse + occasion.open.length;
    return `history ${occasion.history}, ${standing} open${isComplete(occasion) ? '' : ', incomplete'}`;
  }
  const counts = [
    `${occasion.new} new`,
    ...(occasion.worse > 0 ? [`${occasion.worse} worse`] : []),
    ...(open > 0 ? [`${open} open`] : []),
    ...(occasion.resolved.length > 0 ? [`${occasion.resolved.length} resolved`] : []),
  ].join(', ');
  return `${counts}${worst === null ? '' : ` (worst: ${worst})`}${isComplete(occasion) ? '' : ', incomplete'}`;
};
