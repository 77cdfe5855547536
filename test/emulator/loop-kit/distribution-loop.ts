import { EDIT_DISTRIBUTION, SETTLING, type Distribution } from './distributed-api';
import { defineLoop, type Loop, type Place } from './loop';

interface Distributed extends Place {
  readonly distribution: Distribution;
}

/** A fault of a distribution in front of an API. */
export const distributionLoop = <Made extends Distributed>(
  given: Pick<Loop<Made>, 'fault' | 'rule' | 'seed' | 'call' | 'breakIt'> &
    Partial<Pick<Loop<Made>, 'subject' | 'edit'>>,
): Loop =>
  defineLoop<Made>({
    family: 'CloudFront',
    leftToAws: { from: 'calls', because: 'MiniStack does not answer for a distribution' },
    untoldBecause: 'the call is to a distribution, and what that passes on decides',
    settling: SETTLING,
    ofAccount: true,
    subject: ({ distribution }) => distribution.id,
    edit: EDIT_DISTRIBUTION,
    ...given,
  });
