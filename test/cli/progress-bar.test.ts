import { ProgressBar } from '../../lambda/cli/progress-bar';

const recorder = (isTerminal: boolean, columns = 80) => {
  const written: string[] = [];
  return {
    written,
    output: {
      isTerminal,
      columns,
      write: (text: string) => {
        written.push(text);
        return Promise.resolve();
      },
    },
  };
};

const CLEAR = '\r\u001b[2K';

test('counts all regions and estimates what is left', () => {
  let now = 0;
  const { output, written } = recorder(true);
  const bar = new ProgressBar(output, () => new Date(now));
  bar.update({ region: 'eu-west-1', done: 1, total: 8 });
  now = 200;
  bar.update({ region: 'us-east-1', done: 0, total: 4 });
  now = 6000;
  bar.update({ region: 'eu-west-1', done: 6, total: 8 });
  expect(written).toEqual([
    `${CLEAR}${'█'.repeat(3)}${'░'.repeat(21)} 1 of 8 APIs`,
    `${CLEAR}${'█'.repeat(2)}${'░'.repeat(22)} 1 of 12 APIs`,
    `${CLEAR}${'█'.repeat(12)}${'░'.repeat(12)} 6 of 12 APIs, about 6.0 s left`,
  ]);
});

test('does not redraw more often than the eye needs', () => {
  let now = 0;
  const { output, written } = recorder(true);
  const bar = new ProgressBar(output, () => new Date(now));
  for (; now < 300; now += 10) bar.update({ region: 'eu-west-1', done: now, total: 300 });
  expect(written).toHaveLength(3);
});

test('keeps within the line', () => {
  const { output, written } = recorder(true, 30);
  new ProgressBar(output, () => new Date(0)).update({ region: 'eu-west-1', done: 1, total: 8 });
  expect(written[0]?.replace(CLEAR, '')).toHaveLength(29);
});

test('says nothing where nobody watches, and cleans up where somebody does', async () => {
  const pipe = recorder(false);
  const silent = new ProgressBar(pipe.output, () => new Date(0));
  silent.update({ region: 'eu-west-1', done: 1, total: 2 });
  await silent.clear();
  expect(pipe.written).toEqual([]);
  const terminal = recorder(true);
  const shown = new ProgressBar(terminal.output, () => new Date(0));
  await shown.clear();
  expect(terminal.written).toEqual([]);
  shown.update({ region: 'eu-west-1', done: 1, total: 2 });
  await shown.clear();
  expect(terminal.written.at(-1)).toBe(CLEAR);
});
