"""Words that say little or nothing by themselves, in English, Spanish and Portuguese, without accents."""

_STOP_WORDS = """
    a about after all also an and any are as at be because been before being between both but by can could did
    do does each else for from further had has have he her here his how i if in into is it its just like me
    most my of off on once only or other our out over own same she should so some such than that the their
    them then there these they this those through to too under until up us very was we were what when where
    which while who whom why will with would you your one still already

    al algo algunos alguna algunas ante antes asi aun aunque cada como con contra cual cuales cuando de del
    desde donde dos durante e el ella ellas ellos en entre era es esa esas ese eso esos esta estan estar estas
    este esto estos fue ha haber habia han hasta hay la las le les lo los mas me mi mientras muy nada nos
    nosotros o otra otras otro otros para pero por porque puede pueden pues que quien quienes se sea segun ser
    si sobre son su sus tambien tan tanto te tener tiene tienen todo toda todos todas tras tu u un una unas
    uno unos y ya sino nuestra nuestras nuestro nuestros hacia

    alguem algum alguns ao aos aquela aquele as assim ate cada com como da das de dela dele deles do dos e ela
    elas ele eles em entre era essa essas esse esses esta estao estas este estes eu foi foram ha isso isto ja
    la lhe lhes mais mas mesmo meu minha muito na nao nas nem nos nossa nossas nosso nossos num numa o os ou
    para pela pelas pelo pelos pode podem por porque qual quando que quem sao se seja sem ser seu seus so
    sobre sua suas tambem tem temos ter toda todas todo todos um uma umas uns vos onde
    """
STOP_WORDS = frozenset(_STOP_WORDS.split())

_NEGATIONS = "no not never without none nobody nothing ni nunca sin nadie ningun ninguna nao nem sem ninguem"
NEGATIONS = frozenset(_NEGATIONS.split())
"""Words after which a text means the contrary."""

_PORTUGUESE = "os um uma em dos das da nao com ao aos pelo pela"
PORTUGUESE = frozenset(_PORTUGUESE.split())
"""Words that Spanish and English do not have, by which Portuguese is known."""

_GENERIC = """
    lack lacking need needs needed more less better good bad poor weak strong new many few high low big small
    great large increase improve support create develop development access use people

    falta faltan carencia escasa escaso escasez poca poco pocas pocos mucha mucho muchas muchos mejor mejorar
    buena bueno buenas buenos buen mala malo nueva nuevo nuevas nuevos alta alto altas altos baja bajo bajas
    bajos gran grande grandes pequena fuerte debil crear desarrollar desarrollo apoyar apoyo aumentar acceso
    uso necesidad necesita existe existen gente personas

    faltam carencia pouca pouco poucas poucos muita muitos muitas melhor melhorar boa bom boas bons ma mau
    nova novo novas novos fraca fraco forte grande criar desenvolver desenvolvimento apoiar apoio aumentar
    acesso uso necessidade precisa existem pessoas
    """
GENERIC = frozenset(_GENERIC.split())
"""Words that stand in many items of one column and tell them apart badly: they count less."""
