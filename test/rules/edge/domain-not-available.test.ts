import rule from '../../../lambda/rules/edge/domain-not-available';
import { account, denied, domainName } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const withStatus = (status: string | null, statusMessage: string | null = null) =>
  account({ domains: [domainName('api.example.com', { status, statusMessage })] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a certificate whose ownership nobody verified',
      account: withStatus('PENDING_OWNERSHIP_VERIFICATION', 'Certificate ownership not verified'),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com has status PENDING_OWNERSHIP_VERIFICATION (Certificate ownership not verified): calls to it likely fail.',
          affects: [],
        },
      ],
    },
    {
      when: 'a domain that failed',
      account: withStatus('FAILED'),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying: 'The domain api.example.com has status FAILED: calls to it likely fail.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'an available domain', account: withStatus('AVAILABLE') },
    { when: 'a domain that is being updated and still serves', account: withStatus('UPDATING') },
    { when: 'a domain without a status', account: withStatus(null) },
  ],
  cannotTell: [
    {
      when: 'when the domains were denied',
      account: account({ domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
  ],
});
