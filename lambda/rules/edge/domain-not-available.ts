import { aws } from '../commands';
import { domainArguments, domainSubject } from '../domain-routes';
import { accountRule } from '../rule';
import { flag } from '../verdict';

/** A change on the way leaves the old state in force. */
const SERVES = ['AVAILABLE', 'UPDATING'];

const ACTIONS: Readonly<Record<string, string>> = {
  PENDING_OWNERSHIP_VERIFICATION:
    'Give the domain a public certificate of ACM as its ownership verification certificate: mutual TLS with an imported or private certificate needs one.',
  PENDING_CERTIFICATE_REIMPORT:
    'Import the certificate into ACM again, so that its ownership can be verified anew.',
  FAILED: 'Read the status message, remove its cause, and make the domain anew if it stays failed.',
};

export default accountRule({
  id: 'edge/domain-not-available',
  gate: 'endpoint',
  symptom: { status: 403, responseType: null, body: null },
  reach: 'some-calls',
  callers: 'calls to the domain',
  title: 'A custom domain is not available',
  why: 'A custom domain whose status is neither AVAILABLE nor UPDATING may refuse calls or not answer at all. The PENDING states of certificates wait for somebody to act.',
  fix: ['Read the status message of the domain and do what it asks for.'],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/api/API_DomainName.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html',
  ],
  facts: ['DOM-13', 'DOM-14'],
  needs: ['domains'],

  *check(account) {
    for (const domain of account.slices.domains) {
      const { status, statusMessage } = domain;
      if (status === null || SERVES.includes(status)) continue;
      yield flag({
        subject: domainSubject(account, domain),
        affected: [],
        message: `The domain ${domain.name} has status ${status}${statusMessage === null ? '' : ` (${statusMessage})`}: calls to it likely fail.`,
        evidence: [
          { operation: 'GetDomainNames', field: 'domainNameStatus', value: status },
          ...(statusMessage === null
            ? []
            : [{ operation: 'GetDomainNames', field: 'domainNameStatusMessage', value: statusMessage }]),
        ],
        fix: [
          {
            step: ACTIONS[status] ?? 'Wait a quarter of an hour, look again, and read the status message.',
            commands: [aws('apigateway', 'get-domain-name', account.region, domainArguments(domain))],
          },
        ],
      });
    }
  },
});
