# Random expressions over a table, and what Spark answers to them.
#
#   python ask.py TABLE.json SEED COUNT ANSWERS.json     makes COUNT questions of SEED
#   python ask.py TABLE.json QUESTIONS.json ANSWERS.json asks those of a list of SQL texts
#
# A question is a selection (the text of one column) or a SELECT over the view t.
# Values are written as CAST(... AS STRING) shows them.
import json, random, re, sys

from pyspark.sql import SparkSession, functions as F

cols={'int':['i'],'bigint':['l'],'double':['d'],'dec':['m'],'str':['s'],'bool':['b'],'date':['dt'],'ts':['ts'],'arr':['a']}
lits={'int':['0','1','-1','3','7','100','2147483647','null'],'bigint':['0L','5L','-9L','10000000000L'],'double':['0.5D','1e2','-2.25D','0.0D',"double('NaN')"],'dec':['1.5','0.05','-12.340','100.0','7.00'],
 'str':["'a'","'Hello'","''","'1'","'2024-02-29'","'é'","null"],'bool':['true','false','null'],'date':["date'2024-02-29'","date'1970-01-01'","date'2000-12-31'"],'ts':["timestamp'2024-02-29 12:00:00'","timestamp'1969-12-31 23:59:59.5'"],'arr':['array(1,2)','array(3,null)']}
num=['int','bigint','double','dec']
def g(t,d):
    if d<=0 or R.random()<0.15: return R.choice(cols[t]) if R.random()<0.65 else R.choice(lits[t])
    k=R.random
    if t in num:
        c=R.choice(['bin','bin','bin','neg','abs','if','coalesce','fn','cast','nullif','greatest','case','try'])
        if c=='bin':
            op=R.choice(['+','-','*'])
            o=R.choice(num) if R.random()<0.3 else t
            return f"({g(t,d-1)} {op} {g(o,d-1)})"
        if c=='neg': return f"(- {g(t,d-1)})"
        if c=='abs': return f"abs({g(t,d-1)})"
        if c=='if': return f"if({g('bool',d-1)}, {g(t,d-1)}, {g(t,d-1)})"
        if c=='coalesce': return f"coalesce({g(t,d-1)}, {g(t,d-1)})"
        if c=='nullif': return f"nullif({g(t,d-1)}, {g(t,d-1)})"
        if c=='greatest': return f"{R.choice(['greatest','least'])}({g(t,d-1)}, {g(t,d-1)})"
        if c=='case': return f"case when {g('bool',d-1)} then {g(t,d-1)} when {g('bool',d-1)} then {g(t,d-1)} end"
        if c=='try': return f"{R.choice(['try_add','try_subtract','try_multiply'])}({g(t,d-1)}, {g(t,d-1)})"
        if t=='int': return R.choice([f"length({g('str',d-1)})",f"year({g('date',d-1)})",f"size({g('arr',d-1)})",f"month({g('ts',d-1)})",f"({g('int',d-1)} % {R.choice(['3','7','-2'])})",f"instr({g('str',d-1)}, 'l')",f"datediff({g('date',d-1)}, {g('date',d-1)})",f"cast({g('bool',d-1)} as int)",f"dayofweek({g('date',d-1)})",f"hash({g(R.choice(num),d-1)})",f"(({g('int',d-1)} & 255) << 2)",f"try_cast({g(R.choice(['str','double','bigint','dec']),d-1)} as int)",f"get({g('arr',d-1)}, 0)",f"round({g('int',d-1)}, -1)"])
        if t=='bigint': return R.choice([f"({g('int',d-1)} div {R.choice(['2','5L','-3'])})",f"cast({g('int',d-1)} as bigint)",f"unix_seconds({g('ts',d-1)})",f"pmod({g('bigint',d-1)}, 7)",f"try_cast({g(R.choice(['str','double']),d-1)} as bigint)",f"xxhash64({g('str',d-1)})",f"bit_count({g('int',d-1)})"])
        if t=='double': return R.choice([f"({g('int',d-1)} / {R.choice(['2','4D','-3'])})",f"cast({g(R.choice(num),d-1)} as double)",f"round({g('double',d-1)}, {R.choice([0,1,2])})",f"nanvl({g('double',d-1)}, 1.0D)",f"sqrt(abs({g('double',d-1)}))",f"try_divide({g('double',d-1)}, {g('int',d-1)})",f"try_cast({g('str',d-1)} as double)",f"floor({g('dec',d-1)}) * 1D"])
        return R.choice([f"cast({g('int',d-1)} as decimal(12,2))",f"round({g('dec',d-1)}, 1)",f"({g('dec',d-1)} / {R.choice(['3','1.5','7.00'])})",f"try_cast({g('str',d-1)} as decimal(8,3))",f"({g('dec',d-1)} % 1.3)",f"ceil({g('dec',d-1)})",f"bround({g('dec',d-1)}, 1)"])
    if t=='bool':
        c=R.choice(['cmp','cmp','cmp','and','or','not','null','in','between','like','nse','is','contains'])
        x=R.choice(num+['str','date','ts','bool'])
        y=x if R.random()<0.8 else (R.choice(num) if x in num else x)
        if c=='cmp': return f"({g(x,d-1)} {R.choice(['=','<','<=','>','>=','!='])} {g(y,d-1)})"
        if c=='and': return f"({g('bool',d-1)} and {g('bool',d-1)})"
        if c=='or': return f"({g('bool',d-1)} or {g('bool',d-1)})"
        if c=='not': return f"(not {g('bool',d-1)})"
        if c=='null': return f"({g(x,d-1)} is {R.choice(['','not '])}null)"
        if c=='in': return f"({g(x,d-1)} {R.choice(['','not '])}in ({g(x,0)}, {g(x,0)}, {g(x,d-1)}))"
        if c=='between': return f"({g(x,d-1)} between {g(x,d-1)} and {g(x,d-1)})"
        if c=='like': return f"({g('str',d-1)} {R.choice(['like','not like','ilike'])} {R.choice([chr(39)+p+chr(39) for p in ['%','H%','%l_','_','','%o W%']])})"
        if c=='nse': return f"({g(x,d-1)} <=> {g(x,d-1)})"
        if c=='is': return f"({g('bool',d-1)} is {R.choice(['true','not true','false','unknown'])})"
        return R.choice([f"contains({g('str',d-1)}, 'l')",f"startswith({g('str',d-1)}, {g('str',0)})",f"array_contains({g('arr',d-1)}, {R.choice(['1','3','i'])})",f"({g('str',d-1)} rlike '[0-9]')"])
    if t=='str':
        return R.choice([lambda:f"upper({g('str',d-1)})",lambda:f"({g('str',d-1)} || {g('str',d-1)})",lambda:f"substring({g('str',d-1)}, {R.choice([-3,0,1,2])}, {R.choice([0,2,5])})",lambda:f"trim({g('str',d-1)})",lambda:f"cast({g(R.choice(num+['bool','date','ts','arr']),d-1)} as string)",lambda:f"concat({g('str',d-1)}, {g(R.choice(['int','double','date','dec']),d-1)})",lambda:f"concat_ws('-', {g('str',d-1)}, {g('str',d-1)})",lambda:f"coalesce({g('str',d-1)}, {g('str',d-1)})",lambda:f"case when {g('bool',d-1)} then {g('str',d-1)} else {g('str',d-1)} end",lambda:f"replace({g('str',d-1)}, 'l', 'L')",lambda:f"lpad({g('str',d-1)}, 5, '*')",lambda:f"reverse({g('str',d-1)})",lambda:f"split({g('str',d-1)}, ' ')[0]",lambda:f"date_format({g('ts',d-1)}, 'yyyy-MM-dd HH:mm')",lambda:f"regexp_replace({g('str',d-1)}, '[aeiou]', '_')",lambda:f"initcap({g('str',d-1)})",lambda:f"hex({g('int',d-1)})",lambda:f"md5({g('str',d-1)})"])()
    if t=='date': return R.choice([lambda:f"date_add({g('date',d-1)}, {R.choice([1,-40,366])})",lambda:f"cast({g('ts',d-1)} as date)",lambda:f"last_day({g('date',d-1)})",lambda:f"trunc({g('date',d-1)}, '{R.choice(['MM','YEAR','week'])}')",lambda:f"add_months({g('date',d-1)}, {R.choice([1,-1,13])})",lambda:f"coalesce({g('date',d-1)}, {g('date',0)})",lambda:f"try_cast({g('str',d-1)} as date)",lambda:f"({g('date',d-1)} + interval {R.choice(['1','2','-3'])} month)"])()
    if t=='ts': return R.choice([lambda:f"({g('ts',d-1)} + interval {R.choice(['1','90','-5'])} {R.choice(['minute','hour','day','second'])})",lambda:f"date_trunc('{R.choice(['hour','day','month','week','minute'])}', {g('ts',d-1)})",lambda:f"cast({g('date',d-1)} as timestamp)",lambda:f"coalesce({g('ts',d-1)}, {g('ts',0)})",lambda:f"if({g('bool',d-1)}, {g('ts',d-1)}, {g('ts',d-1)})",lambda:f"timestamp_seconds({g('int',d-1)})"])()
    return R.choice([lambda:f"array({g('int',d-1)}, {g('int',d-1)})",lambda:f"sort_array({g('arr',d-1)})",lambda:f"array_distinct({g('arr',d-1)})",lambda:f"slice({g('arr',d-1)}, 1, 2)",lambda:f"concat({g('arr',d-1)}, {g('arr',d-1)})",lambda:f"transform({g('arr',d-1)}, x -> x + 1)",lambda:f"filter({g('arr',d-1)}, x -> x > {g('int',0)})"])()


def questions(seed, count):
    global R
    R = random.Random(seed)
    out = []
    for _ in range(count):
        t = R.choice(list(cols))
        e = g(t, R.choice([1, 2, 2, 3, 3, 4]))
        if R.random() < 0.12 and t != 'arr':
            f = R.choice(['count', 'min', 'max', 'collect_list', 'first', 'count(distinct '] + (['sum', 'avg', 'stddev'] if t in num else []))
            e = f"{f}{e})" if f.endswith(' ') else f"{f}({e})"
        out.append(e)
    return out


def session():
    s = (SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false')
         .config('spark.sql.shuffle.partitions', '1').config('spark.sql.session.timeZone', 'UTC')
         .config('spark.driver.extraJavaOptions', '-Duser.timezone=UTC').config('spark.log.level', 'OFF').getOrCreate())
    s.sparkContext.setLogLevel('OFF')
    return s


def view(s, table):
    names = ', '.join(c[0] for c in table['columns'])
    rows = ', '.join('(' + ', '.join(r) + ')' for r in table['rows'])
    casts = ', '.join(f'CAST({n} AS {t}) AS {n}' for n, t in table['columns'])
    df = s.sql(f'SELECT {casts} FROM (SELECT * FROM VALUES {rows} AS v({names}))').coalesce(1).cache()
    df.count()
    df.createOrReplaceTempView('t')
    return df


def answer(s, df, text):
    r = {'sql': text}
    try:
        d = s.sql(text) if re.match(r'(?is)\s*(select|with|from|\(select)\b', text) else df.selectExpr(text)
        fields = d.schema.fields
        names = [f'_c{i}' for i in range(len(fields))]
        shown = d.toDF(*names).select(*[F.col(n).cast('string') for n in names])
        rows = [list(x) for x in shown.collect()]
        r.update(columns=[f.name for f in fields], types=[f.dataType.simpleString() for f in fields],
                 nullable=[f.nullable for f in fields], rows=rows)
    except Exception as e:
        message = str(e)
        found = re.search(r'\[([A-Z_0-9.]+)\]', message)
        condition = getattr(e, 'getCondition', lambda: None)()
        r['error'] = {'class': condition or (found.group(1) if found else type(e).__name__),
                      'message': message.split('\n== ')[0].split(' SQLSTATE')[0].strip()[:300]}
    return r


if __name__ == '__main__':
    table = json.load(open(sys.argv[1]))
    asked = questions(int(sys.argv[2]), int(sys.argv[3])) if len(sys.argv) == 5 else json.load(open(sys.argv[2]))
    s = session()
    df = view(s, table)
    answers = [answer(s, df, text) for text in asked]
    with open(sys.argv[-1], 'w') as f:
        f.write('[\n' + ',\n'.join(json.dumps(a, ensure_ascii=False) for a in answers) + '\n]\n')
