import {
  GetBasePathMappings$,
  GetDomainName$,
  GetDomainNameAccessAssociations$,
  GetDomainNames$,
  type GetBasePathMappingsCommandInput,
  type GetBasePathMappingsCommandOutput,
  type GetDomainNameAccessAssociationsCommandInput,
  type GetDomainNameAccessAssociationsCommandOutput,
  type GetDomainNameCommandInput,
  type GetDomainNameCommandOutput,
  type GetDomainNamesCommandInput,
  type GetDomainNamesCommandOutput,
} from '@aws-sdk/client-api-gateway';
import type { ParsedRegion } from '../account-file';
import { operation, type Context, type Operation } from '../service';
import { notFound, positioned, without } from './api-gateway-support';

type Domain = ParsedRegion['domainNames'][number];

/** Private domains of one name differ by id, and are not found without it (DOM-20). */
export const domainOf = (name: string | undefined, id: string | undefined, { region }: Context): Domain => {
  const found = region.domainNames.find((domain) => domain.domainName === name && domain.domainNameId === id);
  if (found === undefined) throw notFound('Invalid domain name identifier specified');
  return found;
};

const described = (domain: Domain) =>
  without(domain, 'basePathMappings', 'apiMappings', 'routingRules', 'resourceOwner');

export const DOMAIN_OPERATIONS: readonly Operation[] = [
  operation<GetDomainNamesCommandInput, GetDomainNamesCommandOutput>(GetDomainNames$, (input, context) => {
    const owner = input.resourceOwner ?? 'SELF';
    const domains = context.region.domainNames.filter((domain) => domain.resourceOwner === owner);
    const page = positioned(domains, input, `domainnames of ${owner}`, context);
    return { ...page, items: page.items.map(described) };
  }),
  operation<GetDomainNameCommandInput, GetDomainNameCommandOutput>(
    GetDomainName$,
    ({ domainName, domainNameId }, context) => described(domainOf(domainName, domainNameId, context)),
  ),
  operation<GetBasePathMappingsCommandInput, GetBasePathMappingsCommandOutput>(
    GetBasePathMappings$,
    (input, context) => {
      const { basePathMappings } = domainOf(input.domainName, input.domainNameId, context);
      return positioned(basePathMappings, input, `basepathmappings of ${input.domainName}`, context);
    },
  ),
  operation<GetDomainNameAccessAssociationsCommandInput, GetDomainNameAccessAssociationsCommandOutput>(
    GetDomainNameAccessAssociations$,
    (input, context) => {
      const owner = input.resourceOwner ?? 'SELF';
      const all = context.region.domainNameAccessAssociations.filter((one) => one.resourceOwner === owner);
      const page = positioned(all, input, `domainnameaccessassociations of ${owner}`, context);
      return { ...page, items: page.items.map((one) => without(one, 'resourceOwner')) };
    },
  ),
];
