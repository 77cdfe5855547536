import { compileGlob, intersect, type Glob } from '../../gateway/policy/glob';
import { isKnown, type Unreadable } from '../../model/known';
import type { Stage } from '../../model/rest-api';
import { distributionSubject, executeApiHost, fromRoot } from '../cloudfront';
import { quote } from '../phrases';
import { apiRule } from '../rule';
import { distinctGaps } from '../snapshot-differences';
import { apiLabel } from '../subjects';
import { cannotTell, flag, MISSING_AUTHENTICATION_TOKEN } from '../verdict';

/** Whether a stage serves some path that the pattern takes, or why nobody knows; a slash at the end does not count (MIS-6). */
const servesSome = ({ name, snapshot: { methods } }: Stage, taken: Glob): boolean | Unreadable => {
  const takes = (path: string): boolean =>
    [path, `${path}/`].some((one) => intersect(taken, '', `/${name}${one}`) !== null);
  if (isKnown(methods)) return methods.value.some(({ path }) => takes(path === '/' ? '' : path));
  return takes('') || takes('/{proxy+}') ? methods : false;
};

export default apiRule({
  id: 'edge/cloudfront-path-not-served',
  gate: 'route',
  symptom: MISSING_AUTHENTICATION_TOKEN,
  reach: 'possible',
  callers: 'calls through the distribution',
  title: 'A CloudFront behaviour sends paths to the API that none of its stages serves',
  why: 'The path pattern of a behaviour chooses the calls, and takes nothing off their path: what CloudFront asks of the API is the origin path and then the whole path of the viewer. A behaviour for /api/* with the origin path /prod asks for /prod/api/…, and an API without a resource api answers Missing Authentication Token; without the origin path, api is taken for the stage, and the answer is Forbidden. A function at the edge may rewrite the path; that is not read.',
  fix: [
    'Put the resources of the API below the prefix of the pattern, and deploy.',
    'Or take the prefix off with a CloudFront function, or with the base path of a custom domain as the origin.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html',
  ],
  facts: ['MIS-13', 'MSG-7', 'MSG-8'],
  needs: ['distributions'],

  *check(api, account) {
    for (const distribution of account.slices.distributions) {
      if (!distribution.enabled) continue;
      const subject = distributionSubject(account, api, distribution);
      const origins = distribution.origins.filter(
        ({ domainName }) => domainName.toLowerCase() === executeApiHost(account, api.id),
      );
      const gaps: Unreadable[] = [];
      for (const { pathPattern, originId } of distribution.behaviors) {
        const origin = origins.find(({ id }) => id === originId);
        if (origin === undefined) continue;
        if (!isKnown(api.stages)) {
          gaps.push(api.stages);
          continue;
        }
        // Another rule says that nothing is served at all.
        if (api.stages.value.length === 0) continue;
        const asked = `${origin.originPath}${fromRoot(pathPattern)}`;
        const taken = compileGlob(asked);
        const answers = api.stages.value.map((stage) => servesSome(stage, taken));
        if (answers.includes(true)) continue;
        const unread = answers.filter((answer) => typeof answer === 'object');
        gaps.push(...unread);
        if (unread.length > 0) continue;
        yield flag({
          subject,
          key: `${api.id} ${pathPattern}`,
          affected: [],
          message: `Behaviour ${quote(pathPattern)} of distribution ${distribution.id} asks for ${asked} at ${apiLabel(api)}, of which no stage serves a path like that, unless a function at the edge rewrites it.`,
          evidence: [
            {
              operation: 'ListDistributions',
              field: `${distribution.id} behaviour ${pathPattern}`,
              value: `origin path ${origin.originPath === '' ? 'none' : origin.originPath}`,
            },
          ],
          fix: [
            {
              step: `Nothing to do, where a function of the behaviour rewrites the path. Otherwise let CloudFront and API agree: set the origin path to a stage, and put the resources of the API where ${quote(pathPattern)} looks for them, or take its prefix off with a CloudFront function.`,
              commands: [],
            },
          ],
        });
      }
      for (const gap of distinctGaps(gaps)) yield cannotTell(subject, gap);
    }
  },
});
