"""What the people of the workshop with every method write besides SWOT and ideas, in Spanish."""

DRIVERS = [
    "Escasez de agua en la costa y en los valles altos",
    "Precio de la energía solar y de las baterías",
    "Normas sanitarias de los mercados de destino",
    "Apertura o cierre de la frontera por los gobiernos centrales",
    "Migración de jóvenes hacia las capitales",
    "Demanda mundial de alimentos con origen verificable",
]

VISIONS = [
    "En 2035 la frontera se conoce por sus alimentos de altura y de desierto, con una sola marca",
    "En 2035 los dos valles comparten un solo balance de agua",
    "En 2035 los jóvenes vuelven porque hay trabajo técnico a los dos lados",
    "En 2035 cada decisión se publica en español y en aymara",
    "En 2035 la región vive de la minería y no necesita otra cosa",
]

REASONS = {
    "high": [
        "Ya hay productores organizados y compradores que preguntan todos los meses.",
        "Se puede empezar el año que viene con lo que tenemos.",
        "Es lo único de la lista que une a los dos lados de la frontera.",
        "Mi cooperativa lo probó en pequeño y funcionó.",
    ],
    "middle": ["Depende de quién lo administre.", "Bien, pero falta saber cuánto cuesta mantenerlo."],
    "low": [
        (
            "Se intentó en 2018 y se quedó en el papel: nadie puso la contraparte y los equipos siguen en "
            "una bodega de la universidad, sin uso y sin responsable."
        ),
        "El agua no alcanza para eso; primero hay que medirla.",
        "Solo beneficia a quienes ya exportan.",
        "Las comunidades no fueron consultadas.",
    ],
}

WHY = {
    "agree": [
        "Es por lo que ya nos reconocen.",
        "Nos obliga a trabajar juntos.",
        "Sí, si empieza por el agua.",
    ],
    "disagree": ["Suena bien y no dice quién responde.", "Deja fuera a la sierra."],
    "pass": ["No sé lo suficiente."],
}
