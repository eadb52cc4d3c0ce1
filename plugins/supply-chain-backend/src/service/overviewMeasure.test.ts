import { createTestDatabases, openTestDatabase } from '../__testUtils__/testDatabases';
import { readOverview } from './reports/readOverview';
jest.setTimeout(200_000);
const databases = createTestDatabases();
it.each(databases.eachSupportedId())('bench %s', async id => {
  const knex = await openTestDatabase(databases, id);
  const N = 10_000; const now='2026-07-01T00:00:00.000Z';
  const O=['pass','fail','warn','unknown','pass'];
  const ins = async (t: string, rows: any[]) => { for (let i=0;i<rows.length;i+=500) await knex(t).insert(rows.slice(i,i+500)); };
  const share={pass:1,applicable:2,unknown:0};
  await ins('entities', Array.from({length:N},(_, i)=>({ref:`component:default/s${i}`,kind:'component',namespace:'default',name:`s${i}`,owner:`group:default/t${i%100}`,system:`system:default/y${i%300}`,lifecycle:'production',annotations:'{}',hash:'h',seen_at:now})));
  await ins('entity_summaries', Array.from({length:N},(_, i)=>({entity_ref:`component:default/s${i}`,outcome:O[i%5],outcome_rank:i%5,running:true,settled:true,signed_pass:1,signed_applicable:2,signed_unknown:0,registry_pass:1,registry_applicable:1,registry_unknown:0,fixable_critical:1,images:2,clusters:'["a"]',summary:JSON.stringify({counts:{},signed:share,registry:share,clusters:['a'],tiles:[]}),problems:'{}',hash:'h',changed_at:now,reason:'x'})));
  const runs=Array.from({length:2*N},(_, i)=>({id:`r${i}`,cluster:`c${i%8}`,namespace:'n',workload_kind:'Deployment',workload_name:`w${i}`,container:'main',container_type:'app',image_ref:`registry.acme.example/a/i${i}:1`,repository:`registry.acme.example/a/i${i}`,digest:`sha256:${i}`,digest_source:'imageID',subject_key:`registry.acme.example/a/i${i}@sha256:${i}`,started:true,pods:2,controllers:'[]',running:true,hash:'h',first_seen:now,last_seen:now}));
  await ins('running_images', runs);
  await ins('running_image_entities', runs.map((r,i)=>({running_image_id:r.id,entity_ref:`component:default/s${i%N}`})));
  await ins('image_summaries', runs.map((r,i)=>({running_image_id:r.id,entity_ref:`component:default/s${i%N}`,subject_key:r.subject_key,counted:true,running:true,outcome:O[i%5],signature_outcome:O[i%5],registry_outcome:'pass',scan_outcome:O[i%4],fixable_critical:i%3,fixable_critical_overdue:0,judged:JSON.stringify({x:'y'.repeat(3000)}),evaluated_at:now})));
  await knex.raw('analyze');
  const refs=Array.from({length:N},(_, i)=>`component:default/s${i}`);
  const visible={rules:'all' as const,refs:'all' as const,unlinked:true,sources:true};
  const cases: any = {all:[visible,{}],owner:[visible,{owners:['group:default/t5']}],search:[visible,{search:'i777'}],cluster:[visible,{cluster:'c3'}],refs:[{...visible,refs},{}],nosources:[{...visible,sources:false,unlinked:false},{}]};
  for (const [name,[v,filter]] of Object.entries<any>(cases)) {
    const t: number[]=[];
    for (let k=0;k<6;k++){ const s=performance.now(); await readOverview({knex,visible:v,filter,order:{by:'outcome',direction:'asc'},page:{offset:0,limit:25},policySet:undefined,now:new Date(now),sandbox:false}); t.push(Math.round(performance.now()-s)); }
    process.stdout.write(`${id} ${name} ${t.join(' ')}\n`);
  }
});
