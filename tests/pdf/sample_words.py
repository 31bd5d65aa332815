"""What the people of the sample workshop write: a border region of two countries, in Spanish."""

SWOT: dict[str, list[str]] = {
    "s": [
        "Olivares centenarios con aceituna de denominación propia a ambos lados de la Línea de la Concordia",
        "Radiación solar entre las más altas del mundo durante todo el año",
        "Universidades con laboratorios de suelos y agua que ya trabajan juntas",
        "Comercio diario entre las dos ciudades, con confianza entre proveedores",
        "Productores de orégano organizados en cooperativas exportadoras",
        "Puerto, aeropuerto y frontera terrestre abierta las 24 horas",
        "Cocina de frontera reconocida, con chefs jóvenes que han vuelto",
        "Saberes aymaras sobre el manejo del agua en altura: las qochas y los bofedales",
        "Clima seco, ideal para conservar semillas y secar hierbas",
        "Red de salud que recibe pacientes de los dos países",
        "Industria minera con proveedores locales de mantenimiento",
        "Los dos gobiernos regionales ya firmaron un convenio de integración",
    ],
    "w": [
        "El agua alcanza para la mitad de la superficie cultivable",
        "Cada país certifica la fruta con normas distintas y los trámites se hacen dos veces",
        "Empresas muy pequeñas, sin personal dedicado a innovar",
        "Los fondos de investigación no financian socios del otro lado de la frontera",
        "Falta conexión a internet estable en los valles altos",
        "Los jóvenes formados se van a las capitales",
        "No hay laboratorio acreditado para análisis de residuos a menos de 1.000 km",
        "Turismo de paso: la estadía media es de menos de una noche",
        "Datos de producción dispersos y no comparables entre los dos países",
        "Poca costumbre de trabajar juntas universidades y empresas",
        "Se decide en las capitales, lejos de la frontera",
        "Baja participación de las comunidades en los proyectos de innovación",
    ],
    "o": [
        "Demanda mundial de alimentos con historia y origen verificable",
        "Precio de la energía solar en descenso sostenido",
        "Fondos binacionales para zonas de integración fronteriza",
        "Turismo de naturaleza y de cielos oscuros en crecimiento",
        "Mercado asiático accesible desde el puerto de Arica",
        "Sensores baratos para riego y control de heladas",
        "Interés de bancos de desarrollo por proyectos transfronterizos",
        "Nuevas leyes de compras públicas que permiten comprar innovación",
        "Programas de doctorado conjuntos que buscan territorio de prueba",
        "Corredor bioceánico: paso de carga hacia Brasil y Paraguay",
        "Consumidores dispuestos a pagar más por la agricultura regenerativa",
        "Trabajo remoto: profesionales que pueden vivir en la región",
    ],
    "t": [
        "Sequías más largas y crecidas repentinas en las mismas cuencas",
        "Cambios frecuentes de autoridades y de prioridades",
        "Mosca de la fruta: un brote cierra los mercados durante meses",
        "Contrabando que compite con los productores formales",
        "Cierres de frontera sin aviso, como en 2020",
        "Contaminación natural con arsénico y boro en los acuíferos",
        "Competencia de regiones con riego subsidiado",
        "Dependencia del precio del cobre",
        "Pérdida de variedades locales de olivo y de maíz",
        "Conflictos por el agua entre minería, ciudades y agricultura",
        "Terremotos y tsunamis en la zona costera",
        "Cansancio: muchos talleres y pocos resultados visibles",
    ],
}

IDEAS: list[dict[str, object]] = [
    {
        "title": (
            "Riego de precisión con energía solar para el olivo y el orégano, con datos "
            "compartidos entre los dos valles"
        ),
        "who": "Unas 1.400 familias productoras de Tacna y Arica, y las juntas de usuarios de agua.",
        "new": "Un solo modelo de balance hídrico para las dos cuencas, con sensores de bajo costo y "
        "bombeo solar; hoy cada valle riega a ciegas.",
        "sdgs": [2, 6, 7],
        "links": ["s0", "s1", "w0", "o5"],
    },
    {
        "title": (
            "Laboratorio binacional acreditado para análisis de residuos y certificación única de la fruta"
        ),
        "who": "Exportadores, servicios sanitarios de los dos países y laboratorios universitarios.",
        "new": "Un certificado con validez en ambos países, que evita el segundo muestreo.",
        "sdgs": [9, 12, 17],
        "links": ["w1", "w6", "t2"],
    },
    {
        "title": "Ruta de cielos oscuros y cocina de frontera, de la costa al altiplano",
        "who": "Comunidades aymaras, restaurantes, operadores de turismo y observatorios.",
        "new": "Producto turístico de tres noches, gestionado por las comunidades, con guías certificados.",
        "sdgs": [8, 11],
        "links": ["s6", "w7", "o3"],
    },
    {
        "title": "Banco vivo de semillas y saberes de altura",
        "who": "Comunidades de Putre, Candarave y Tarata; escuelas agrarias.",
        "sdgs": [2, 13, 15],
        "links": ["s7", "s8", "t8"],
    },
    {
        "title": "Desalación solar modular para pueblos costeros",
        "new": "Módulos de 50 m³ por día sin uso de red eléctrica.",
        "sdgs": [6, 7],
        "links": ["s1", "w0", "t5"],
    },
    {
        "title": "Aceite de oliva y aceituna con trazabilidad de origen verificable por el comprador",
        "who": "Cooperativas olivareras y almazaras medianas.",
        "sdgs": [8, 12],
        "links": ["s0", "o0"],
    },
    {
        "title": "Escuela binacional de técnicos en mantenimiento solar y minero",
        "sdgs": [4, 8],
        "links": ["s10"],
    },
    {
        "title": "Observatorio conjunto de datos productivos y del agua",
        "new": "Indicadores comparables, publicados cada trimestre por las dos universidades.",
        "sdgs": [9, 17],
        "links": ["w8", "s2"],
    },
    {"title": "Compra pública de innovación para hospitales de los dos lados", "links": ["s9", "o7"]},
    {
        "title": "Valorización de la cáscara y el hueso de aceituna como biomateriales",
        "sdgs": [12],
        "links": ["s0"],
    },
    {"title": "Ventanilla única digital de frontera para pequeñas empresas", "links": ["w1"]},
    {"title": "Fondo de prototipos para egresados que vuelven", "sdgs": [8]},
    {"title": "Logística en frío compartida en el puerto", "links": ["s5", "o4"]},
    {"title": "Turismo de salud transfronterizo", "links": ["s9"]},
]

REMARKS: list[str] = [
    "Por primera vez estuvimos sentados en la misma mesa con los de Arica y decidimos algo.",
    "Faltó tiempo para discutir el agua con las comunidades de altura.",
    "Que el informe se publique también en aymara, al menos el resumen.",
    "Muy clara la diferencia entre los dos recuentos. Eso cambió la conversación.",
    "Volvería, si antes vemos qué pasó con lo de hoy.",
    "El almuerzo, excelente.",
]

PEOPLE: list[tuple[str, str]] = [
    ("Rosa Mamani Quispe", "Comunidad de Putre"),
    ("Álvaro Núñez", "Universidad de Tarapacá"),
    ("Íngrid Łukasiewicz", "Instituto del Olivo"),
    ("", "Cooperativa Oregano del Sur"),
    ("Zoraida Ticona", "Junta de Usuarios del Valle de Caplina"),
    ("Émile Škoda", ""),
]
