# Random programs over the tables of the SQL oracle, and what Spark does for them, in
# the oracle's format, one case a line.
#
#   python ask.py FOLDER_OF_TABLES SEED COUNT ANSWERS.jsonl
#
# Every case is run with adaptive execution off and on. Which of two stages that run
# at once comes first is chance: cases with joins and unions say so ("stage_order").
import json, os, random, re, shutil, sys, tempfile

from pyspark.sql import SparkSession, functions as F

NUM={'flights':['month','day','dep_delay','arr_delay','distance','hour','air_time','flight'],'planes':['year','engines','seats'],'weather':['month','hour','temp','humid','wind_speed','visib'],'airports':['alt','tz','lat'],'airlines':[]}
STR={'flights':['carrier','origin','dest','tailnum'],'planes':['type','manufacturer','engine','tailnum'],'weather':['origin'],'airports':['dst','tzone','faa'],'airlines':['carrier','name']}
LOW={'flights':['carrier','origin','month','hour'],'planes':['type','engines','engine','manufacturer'],'weather':['origin','month'],'airports':['tz','dst'],'airlines':['carrier']}
VAL={'dep_delay':[0,30,120,300],'arr_delay':[0,60,200],'distance':[500,1000,2000],'month':[1,6,12],'day':[1,15],'hour':[6,12,18],'air_time':[100,300],'flight':[100,1500],'year':[1990,2004],'engines':[2],'seats':[55,200],'temp':[30,60],'humid':[50.5],'wind_speed':[10],'visib':[9],'alt':[1000,5000],'tz':[-5,-8],'lat':[40]}
SV={'carrier':['AA','UA','9E'],'origin':['JFK','LGA'],'dest':['ORD','LAX'],'type':['Fixed wing multi engine'],'manufacturer':['BOEING','AIRBUS'],'engine':['Turbo-fan'],'dst':['A','N'],'tzone':['America/New_York'],'name':['Delta Air Lines Inc.'],'tailnum':['N14228'],'faa':['JFK']}
def cond(num,st):
    k=R.random()
    c=lambda: (lambda a:R.choice(['%s > %s','%s < %s','%s >= %s','%s <= %s','%s = %s'])%(a,R.choice(VAL[a])))(R.choice(num)) if num and (R.random()<.6 or not st) else (lambda a:R.choice(["%s = '%s'","%s <> '%s'","%s in ('%s','ZZ')","%s > '%s'"])%(a,R.choice(SV[a])))(R.choice(st))
    if k<.5: return c()
    if k<.75: return c()+' and '+c()
    if k<.9: return c()+' or '+c()
    a=R.choice(num+st); return '%s is %snull'%(a,R.choice(['','not ']))
def prog():
    t=R.choice(['flights','flights','flights','planes','weather','airports','airlines'])
    P=[{"op":"read","table":t,"id":"d0"}]; cur="d0"; num=list(NUM[t]); st=list(STR[t]); low=list(LOW[t]); conf={}; k=[0]
    def add(s,on=None):
        nonlocal cur
        k[0]+=1; s["id"]="d%d"%k[0]; s["on"]=on or [cur]; P.append(s); cur=s["id"]
    if R.random()<.55 and (num or st): add({"op":"filter","cond":cond(num,st)})
    if t=='flights' and R.random()<.4:
        o,key=R.choice([('planes','tailnum'),('airlines','carrier')])
        P.append({"op":"read","table":o,"id":"r"})
        how=R.choice(['inner','inner','left','right','full','left_semi','left_anti'])
        if R.random()<.4: conf["spark.sql.autoBroadcastJoinThreshold"]="-1"
        s={"op":"join","keys":[key],"how":how}
        if R.random()<.2: s["broadcast"]=True
        add(s,[cur,"r"])
        if how not in('left_semi','left_anti'):
            if o=='planes': num+=['seats','engines']; st+=['manufacturer','engine']; low+=['manufacturer']
            else: st+=['name']; low+=['name']
        if R.random()<.3: add({"op":"filter","cond":cond(num,st)})
    done=False
    if R.random()<.15 and num:
        a=R.choice(num); add({"op":"withColumn","name":"w","expr":R.choice(['%s %% 7','%s * 2','%s + 1','case when %s > 10 then 1 else 0 end','-%s'])%a}); num.append('w'); VAL['w']=[1,3]; low.append('w')
    x=R.random()
    if x<.5:
        ks=R.sample(low,min(len(low),R.choice([0,1,1,1,2]))); 
        aggs=['count(1) as n']
        for i in range(R.choice([0,1,2])):
            if num: a=R.choice(num); aggs.append(R.choice(['sum(%s) as a%d','max(%s) as a%d','min(%s) as a%d','avg(%s) as a%d','count(%s) as a%d'])%(a,i))
        if st and R.random()<.15: aggs.append('count(distinct %s) as nd'%R.choice(st))
        if st and R.random()<.15: aggs.append('max(%s) as ms'%R.choice(st))
        if R.random()<.15 and ks: add({"op":"repartition","keys":[ks[0]]})
        add({"op":"groupBy","keys":ks,"aggs":aggs}); num2=['n']; VAL['n']=[10,100,1000]; 
        if R.random()<.35: add({"op":"filter","cond":R.choice(['n > 100','n <= 50 or n > 1000','n > 10'])})
        y=R.random()
        if ks and y<.2: add({"op":"window","name":"r","fn":R.choice(['row_number()','rank()','dense_rank()','sum(n)']),"part":ks[1:],"order":['n desc',ks[0]]+ks[1:]}); 
        if ks and y<.1: add({"op":"filter","cond":"r <= 2"})
        ordered=False
        if R.random()<.3 and ks:
            add({"op":"orderBy","keys":[["n",True]]+[[a,False] for a in ks]}); ordered=True
            if R.random()<.4: add({"op":"limit","n":R.choice([3,5])})
    else:
        ordered=False
        cols=R.sample(low+num,min(len(low+num),R.choice([1,2,3]))); cols=list(dict.fromkeys(cols))
        y=R.random()
        add({"op":"select","exprs":cols})
        if y<.3: add({"op":"distinct"})
        elif y<.45: add({"op":"dropDuplicates","keys":cols})
        elif y<.6: add({"op":"union"},[cur,cur])
        elif y<.7: add({"op":"repartition","n":R.choice([2,5])})
        elif y<.75: add({"op":"coalesce","n":1})
        if R.random()<.25: add({"op":"cache"})
        if R.random()<.4: add({"op":"groupBy","keys":[cols[0]],"aggs":["count(1) as n"]})
    acts=R.choice([["collect"],["collect"],["count"],["collect","count"],["collect","collect"],["count","numPartitions"],["count","collect"]])
    if any(s["op"]=='cache' for s in P): acts=acts+["storage"]
    return P,acts,ordered,conf

spark=(SparkSession.builder.master('local[2]').config('spark.ui.enabled','false').config('spark.driver.memory','1g').config('spark.sql.session.timeZone','UTC')
  .config('spark.sql.shuffle.partitions','4').getOrCreate())
sc=spark.sparkContext; sc.setLogLevel('OFF'); checkpoints = tempfile.mkdtemp()
sc.setCheckpointDir(checkpoints)
jsc=sc._jsc.sc()
def bus():
    jsc.listenerBus().waitUntilEmpty()
def seq(s): return [s.apply(i) for i in range(s.size())]
def maxjob():
    bus()
    js=seq(jsc.statusStore().jobsList(None))
    return max([j.jobId() for j in js],default=-1)
def jobs(after):
    bus()
    st=jsc.statusStore()
    js=sorted([j for j in seq(st.jobsList(None)) if j.jobId()>after],key=lambda j:j.jobId())
    out=[]
    for j in js:
        ss=[]
        for sid in sorted(seq(j.stageIds())):
            d=st.lastStageAttempt(sid)
            ss.append({"tasks":d.numTasks(),"status":d.status().toString(),"input_records":d.inputRecords(),"shuffle_read_records":d.shuffleReadRecords(),"shuffle_write_records":d.shuffleWriteRecords()})
        out.append({"stages":ss})
    return out
def strip(t):
    t=re.sub(r'#\d+L?','',t); t=re.sub(r',? ?\[?plan_id=\d+\]?','',t); return t
TEXTLESS={'Scan ExistingRDD','Union','ColumnarToRow','ShuffleQueryStage','BroadcastQueryStage','TableCacheQueryStage','ResultQueryStage'}
def tree(p):
    n=p.nodeName(); cls=p.getClass().getSimpleName()
    if cls in('WholeStageCodegenExec','InputAdapter'): return tree(p.child())
    t=strip(p.simpleString(1000))
    d={"op":n}
    ch=[]
    if cls=='AdaptiveSparkPlanExec':
        d["final"]=bool(re.search('isFinalPlan=true',t)); ch=[p.executedPlan()]
    elif cls in('ShuffleQueryStageExec','BroadcastQueryStageExec','TableCacheQueryStageExec','ResultQueryStageExec'):
        ch=[p.plan()]
    elif cls=='FileSourceScanExec':
        d["op"]="FileScan"
        m=re.search(r'ReadSchema: (.*)$',t); d["columns"]=m.group(1)
        m=re.search(r'PushedFilters: (.*?), ReadSchema',t); d["pushed_filters"]=m.group(1)
        m=re.search(r'/(\w+)\.parquet',p.metadata().toString()); d["table"]=m.group(1) if m else None
    elif 'Aggregate' in cls:
        m=re.search(r'keys=\[(.*?)\], functions=\[(.*)\]\)?',t)
        m2=re.search(r'functions=\[(.*)\]\)?$',t)
        d["mode"]="final" if p.requiredChildDistributionExpressions().isDefined() else "partial"
        d["keys"]=m.group(1) if m else ""; d["functions"]=(m.group(2) if m else (m2.group(1) if m2 else ''))
        ch=[p.child()]
    elif cls=='ShuffleExchangeExec':
        d["partitioning"]=strip(p.outputPartitioning().toString()); d["origin"]=p.shuffleOrigin().toString(); ch=[p.child()]
    elif cls=='BroadcastExchangeExec':
        d["mode"]=strip(p.mode().toString()); ch=[p.child()]
    elif cls=='AQEShuffleReadExec':
        d["text"]=t; d["partitions"]=p.outputPartitioning().numPartitions() if True else 0
        try: d["partitions"]=p.partitionSpecs().size()
        except Exception: pass
        ch=[p.child()]
    elif cls=='InMemoryTableScanExec':
        d["op"]="InMemoryTableScan"; d["text"]=t; d["cached_plan"]=tree(p.relation().cacheBuilder().cachedPlan())
    else:
        if n not in TEXTLESS: d["text"]=t
        ch=seq(p.children())
    if d["op"].startswith('Exchange') and cls=='ShuffleExchangeExec': d["op"]="Exchange"
    if ch: d["children"]=[tree(c) for c in ch]
    return d
def text(d,i=0):
    l=d["op"]
    if 'Aggregate' in d["op"]: l+='('+d["mode"]+')'
    if d["op"]=='Exchange': l+=' '+d["partitioning"]
    return '\n'.join(['  '*i+l]+[text(c,i+1) for c in d.get("children",[])])
def count(d,op): return (d["op"]==op)+sum(count(c,op) for c in d.get("children",[]))
def jv(v):
    import decimal,datetime,math
    if isinstance(v,decimal.Decimal): return str(v)
    if isinstance(v,(datetime.date,datetime.datetime)): return str(v)
    if isinstance(v,float) and (math.isnan(v) or math.isinf(v)): return {'nan':'NaN','inf':'Infinity','-inf':'-Infinity'}[str(v)]
    if isinstance(v,(list,tuple)): return [jv(x) for x in v]
    return v
def define(s,dfs):
    on=[dfs[i] for i in s.get("on",[])]
    op=s["op"]
    if op=='read': return spark.read.parquet(f'{DATA}/{s["table"]}.parquet')
    if op=='range': return spark.range(0,s["n"],1,s.get("parts"))
    d=on[0]
    if op=='filter': return d.filter(s["cond"])
    if op=='select': return d.selectExpr(*s["exprs"])
    if op=='withColumn': return d.withColumn(s["name"],F.expr(s["expr"]))
    if op=='groupBy':
        g=d.groupBy(*s["keys"]); return g.agg(*[F.expr(a) for a in s["aggs"]])
    if op=='join':
        r=on[1]
        if s.get("broadcast"): r=F.broadcast(r)
        return d.join(r,s["keys"],s.get("how","inner"))
    if op=='crossJoin': return d.crossJoin(on[1])
    if op=='union': return d.union(on[1])
    if op=='repartition':
        a=([s["n"]] if "n" in s else [])+s.get("keys",[]); return d.repartition(*a)
    if op=='coalesce': return d.coalesce(s["n"])
    if op=='orderBy': return d.orderBy(*[F.col(k).desc() if x else F.col(k) for k,x in s["keys"]])
    if op=='limit': return d.limit(s["n"])
    if op=='distinct': return d.distinct()
    if op=='dropDuplicates': return d.dropDuplicates(s["keys"])
    if op=='cache': return d.cache()
    if op=='checkpoint': return d.checkpoint(s["eager"])
    if op=='window':
        o=s["fn"]+' over ('+(('partition by '+', '.join(s["part"])) if s["part"] else '')+((' order by '+', '.join(s["order"])) if s["order"] else '')+')'
        return d.withColumn(s["name"],F.expr(o))
    raise Exception(op)
def once(c,mode):
    for k,v in {"spark.sql.autoBroadcastJoinThreshold":"10485760","spark.sql.shuffle.partitions":"4",**c.get("conf",{})}.items(): spark.conf.set(k,v)
    spark.conf.set("spark.sql.adaptive.enabled","true" if mode=='aqe_on' else "false")
    spark.catalog.clearCache()
    b=maxjob(); dfs={}
    for s in c["program"]:
        d=define(s,dfs); dfs[s["id"]]=d
    j=jobs(b); e={}
    if j: e["jobs_at_definition"]=j
    acts=[]
    for a in c["actions"]:
        b=maxjob()
        if a=='collect':
            rows=[[jv(v) for v in r] for r in d.collect()]
            e["columns"]=d.columns
            if not c["ordered"]: rows=sorted(rows,key=lambda r:json.dumps(r,separators=(',',':')))
            e["rows"]=rows; e["num_rows"]=len(rows)
            if len(rows)>60: e["rows"]=[]; e["rows_left_out"]=True
            r=len(rows)
        elif a=='count': r=d.count()
        elif a=='take2': r=len(d.head(2))
        elif a=='numPartitions': r=d.rdd.getNumPartitions()
        elif a=='storage': r=[[x.numPartitions(),x.numCachedPartitions(),x.storageLevel().description()] for x in jsc.getRDDStorageInfo()]
        acts.append({"action":a,"result":r,"jobs":jobs(b)})
    e["actions"]=acts
    p=tree(d._jdf.queryExecution().executedPlan())
    e["plan"]=p; e["plan_text"]=text(p); e["exchanges"]=count(p,'Exchange'); e["broadcasts"]=count(p,'BroadcastExchange')
    return e

def nothing():
    # Programs over rows that a filter leaves none of: what adaptive execution finds out.
    P=[]; k=[0]
    def add(s,on=None):
        k[0]+=1; s["id"]="d%d"%k[0]; s["on"]=on if on is not None else ["d%d"%(k[0]-1)]; P.append(s); return s["id"]
    t=R.choice(['planes','airlines','airports'])
    key,other={'planes':('type','year'),'airlines':('carrier','name'),'airports':('dst','alt')}[t]
    P.append({"op":"read","table":t,"id":"d0"})
    if R.random()<.8: add({"op":"filter","cond":{'planes':'year > 5000','airlines':'name is null','airports':'alt > 100000'}[t]})
    def move():
        x=R.random()
        if x<.3: add({"op":"repartition","n":R.choice([1,3,5])})
        elif x<.55: add({"op":"repartition","keys":[key]})
        elif x<.65: add({"op":"distinct"})
        elif x<.75: add({"op":"dropDuplicates","keys":[key]})
        elif x<.85: add({"op":"orderBy","keys":[[key,False]]})
        elif x<.9: add({"op":"coalesce","n":1})
        elif x<.95: add({"op":"limit","n":3})
        else: add({"op":"union"},["d%d"%k[0],"d%d"%k[0]])
    move()
    if R.random()<.3: add({"op":"filter","cond":"%s is not null"%key})
    if R.random()<.3: add({"op":"withColumn","name":"w","expr":"%s"%R.choice(["1+1","length(%s)"%key])})
    x=R.random()
    if x<.35: add({"op":"groupBy","keys":[key],"aggs":["count(1) as n"]+R.choice([[],["max(%s) as m"%other],["count(distinct %s) as m"%other]])})
    elif x<.45: add({"op":"groupBy","keys":[],"aggs":["count(1) as n"]})
    elif x<.6: add({"op":"window","name":"r","fn":"row_number()","part":[key],"order":[other]})
    elif x<.7: add({"op":"select","exprs":[key]}); add({"op":"distinct"})
    elif x<.8:
        cur="d%d"%k[0]; P.append({"op":"read","table":t,"id":"r"}); add({"op":"join","keys":[key],"how":R.choice(['inner','left','left_semi','left_anti'])},[cur,"r"])
    else: move()
    if R.random()<.4 and P[-1].get('keys')!=[]: move()
    acts=R.choice([["collect"],["count"],["collect","count"],["count","collect"]])
    return P,acts,P[-1]["op"]=="orderBy",{}
TABLES, SEED, COUNT, OUT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
DATA = TABLES
R = random.Random(SEED)
with open(OUT, "w") as out:
    for i in range(COUNT):
        program, actions, ordered, conf = (nothing if i % 3 == 2 else prog)()
        c = {"name": f"drawn_{SEED}_{i}", "about": "", "conf": conf, "ordered": ordered, "actions": actions, "program": program}
        c["shuffle_partitions"] = int(conf.get("spark.sql.shuffle.partitions", 4))
        c["expect"] = {mode: once(c, mode) for mode in ("aqe_off", "aqe_on")}
        if any(s["op"] in ("join", "union", "crossJoin") for s in program):
            for e in c["expect"].values():
                e["stage_order"] = "sorted"
        out.write(json.dumps(c, separators=(",", ":"), ensure_ascii=False) + "\n")
shutil.rmtree(checkpoints, ignore_errors=True)
spark.stop()
