import { Pair, Scalar, YAMLMap, type CollectionTag, type ScalarTag, type Tags } from 'yaml';

/** `!Ref` and `!Condition` keep their names; `!NAME` of the others stands for `Fn::NAME`. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['Ref', 'Ref'],
  ['Condition', 'Condition'],
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
  ].map((name) => [name, `Fn::${name}`] as const),
]);

const ofScalar = (tag: string, name: string): ScalarTag => ({
  tag,
  resolve: (text) => ({ [name]: text }),
});

const ofCollection = (tag: string, name: string, collection: 'map' | 'seq'): CollectionTag => ({
  tag,
  collection,
  resolve: (node) => {
    const call = new YAMLMap();
    call.items.push(new Pair(new Scalar(name), node));
    return call;
  },
});

/** The short forms of intrinsic functions, each as the object that its long form is. */
export const SHORT_FORMS: Tags = [...NAMES].flatMap(([short, name]) => {
  const tag = `!${short}`;
  return [ofScalar(tag, name), ofCollection(tag, name, 'map'), ofCollection(tag, name, 'seq')];
});
