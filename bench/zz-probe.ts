import { auditSandbox, compareRuns } from '../test/support/hostile';
(async () => {
  const whole = await auditSandbox();
  for (const op of ['GetResources','GetAuthorizers','GetGatewayResponses','GetStages','GetDeployment','GetExport','DescribeUserPool','GetFunctionConfiguration','GetPolicy','GetRestApis','ListRoutingRules'])
  for (const [k,o] of [['deny',{deny:[op]}],['unknown',{faults:{seed:1,unknownPath:1,operations:[op]}}]] as const) {
    const d = await auditSandbox(o as never);
    const c=compareRuns(whole.result,d,[]);
    console.log(op,k,'equal',c.equal,'covered',c.covered.length,'lost',c.lost,'invented',c.invented, d.result.coverage.failedRules.length, [...new Set(d.result.coverage.gaps.filter(g=>g.because!=='unsupported').map(g=>g.operation+' '+g.because+' '+g.permission))]);
  }
  let n=0; const tot={equal:0,covered:0,lost:0,inv:0}; const t=Date.now();
  for (let seed=1; seed<=8; seed++) for (const rate of [0.1,0.3,0.5]) {
    const e=rate/11; 
    const deletedApis=seed%2?['orders0001']:[];
    const d = await auditSandbox({pageSize:3, deletedApis, faults:{seed,throttle:e,serverError:e,tear:e,halfBody:e,malformed:e,html:e,cut:e,unknownPath:e,listAsText:e,repeatToken:e,stall:e}}, {attempts:2, requestTimeout:200});
    const c=compareRuns(whole.result,d,deletedApis); n++;
    tot.equal+=c.equal;tot.covered+=c.covered.length;tot.lost+=c.lost.length;tot.inv+=c.invented.length;
    if(c.lost.length+c.invented.length) console.log(seed,rate,'lost',c.lost,'invented',c.invented, d.result.coverage.failedRules);
  }
  console.log(n,tot,Date.now()-t,'ms');
})();
