import type { MatrixRow } from '../gateway/matrix';
import type { LeftOut } from '../matrix-room';
import { markup } from './escape';
import {
  matrixPlaces,
  takesWords,
  type CallerLine,
  type MatrixGroup,
  type MatrixPlace,
} from './matrix-groups';
import { count } from './words';

const ANSWERS: Readonly<Record<CallerLine['answer'], string>> = {
  yes: '<span class="yes"><span aria-hidden="true">✔</span> gets in</span>',
  no: '<span class="no"><span aria-hidden="true">✖</span> refused</span>',
  unsure: '<span class="soft"><span aria-hidden="true">?</span> cannot tell</span>',
};

const NO_CLIENT = '<td colspan="3" class="soft">no app client has a part in it</td>';

const lineCells = ({ answer, token, because, callers }: CallerLine): string =>
  `<td>${ANSWERS[answer]}</td><td>${markup(`${token} of ${callers.join(', ')}`)}</td><td>${markup(because)}</td>`;

const groupRows = ({ row, methods, lines }: MatrixGroup): string => {
  const [first, ...others] = lines;
  const span = lines.length > 1 ? ` rowspan="${lines.length}"` : '';
  const head = `<th scope="row"${span}>${methods.map(markup).join('<br>')}</th><td${span}>${markup(takesWords(row))}</td>`;
  return [
    `<tbody data-row><tr>${head}${first === undefined ? NO_CLIENT : lineCells(first)}</tr>`,
    ...others.map((line) => `<tr>${lineCells(line)}</tr>`),
    '</tbody>',
  ].join('');
};

/** Clients are registered, and the answer to each of them is no. */
const letsNobodyIn = ({ lines }: MatrixGroup): boolean =>
  lines.length > 0 && lines.every(({ answer }) => answer === 'no');

const sum = (groups: readonly MatrixGroup[]): number =>
  groups.reduce((total, { methods }) => total + methods.length, 0);

const COLUMNS = ['Methods', 'Take', 'Answer', 'Caller', 'Because']
  .map((name) => `<th scope="col">${name}</th>`)
  .join('');

const placeBlock = ({ api, stage, groups }: MatrixPlace): string => {
  const closed = sum(groups.filter(letsNobodyIn));
  const refusing = closed === 0 ? '' : `, <span class="no">${closed} let no app client in</span>`;
  return [
    `<details data-place><summary><span class="what"><span class="title">${markup(api)} stage ${markup(stage)}</span>`,
    ` <span class="soft">${count(sum(groups), 'method')}${refusing}</span></span></summary><div class="body scroll"><table class="matrix">`,
    `<thead><tr>${COLUMNS}</tr></thead>`,
    groups.map(groupRows).join(''),
    '</table></div></details>',
  ].join('');
};

/** What the matrix does not show, and how to see it; empty where it shows all. */
const leftOutWords = ({ apis, methods }: LeftOut): string =>
  apis === 0
    ? ''
    : `<p class="incomplete" role="note">Not shown: ${count(apis, 'API')} with ${count(methods, 'deployed method')}, for which there was no room here; the findings above speak of all of them. <code>api-auth-auditor audit --format html</code> writes the whole matrix, and with <code>--api</code> that of one API.</p>`;

/** Who gets in, stage by stage; empty without a matrix. */
export const matrixSection = (
  matrix: readonly MatrixRow[] = [],
  leftOut: LeftOut = { apis: 0, methods: 0 },
): string =>
  matrix.length === 0 && leftOut.apis === 0
    ? ''
    : [
        '<section id="matrix"><h2>Who gets in</h2>',
        '<p class="soft">Each deployed method with the app clients whose tokens its authorizer could take, and whether they get in as it is configured now.</p>',
        leftOutWords(leftOut),
        ...matrixPlaces(matrix).map(placeBlock),
        '</section>',
      ]
        .filter((part) => part !== '')
        .join('\n');
