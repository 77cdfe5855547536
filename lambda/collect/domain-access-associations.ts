import { GetDomainNameAccessAssociationsCommand } from '@aws-sdk/client-api-gateway';
import type { DomainAccessAssociation } from '../model/edge';
import type { Known } from '../model/known';
import type { Door } from './door';
import { optionalList, text } from './shape';
import { PAGE_SIZES } from './page-sizes';

/** Which VPC endpoints may use which private domains (DOM-21). VPC endpoints are the only kind of source there is. */
export const readDomainAccessAssociations = (
  door: Door,
): Promise<Known<readonly DomainAccessAssociation[]>> =>
  door.readAll({
    operation: 'GetDomainNameAccessAssociations',
    of: `region ${door.place.region}`,
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetDomainNameAccessAssociationsCommand({
          resourceOwner: 'SELF',
          limit: PAGE_SIZES.GetDomainNameAccessAssociations,
          position,
        }),
      ),
    take: ({ items, position }) => ({
      items: optionalList(items, 'items').map(({ domainNameArn, accessAssociationSource }) => ({
        domainArn: text(domainNameArn, 'items[].domainNameArn'),
        vpcEndpointId: text(accessAssociationSource, 'items[].accessAssociationSource'),
      })),
      next: position,
    }),
  });
