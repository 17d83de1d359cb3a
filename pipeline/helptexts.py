r"""What `popravka --help` teaches, by command and language. A line \b keeps its paragraph as it is set."""

HELP: dict[str, dict[str, str]] = {
    "popravka": {
        "ru": """Читает редакции муниципальных программ, проверяет каждую цифру и говорит, что изменила каждая поправка.

\b
Проверить редакцию:        popravka check программа.docx
Сравнить две редакции:     popravka diff старая.docx новая.docx
Страница для аудитора:     popravka diff старая.docx новая.docx -o изменения.html
Сравнительная таблица:     popravka diff старая.docx новая.docx -o таблица.docx
Книга Excel с формулами:   popravka diff старая.docx новая.docx -o изменения.xlsx
Проект постановления:      popravka draft старая.docx новая.docx -o проект.docx
Исполнить постановление:   popravka amend старая.docx постановление.docx
Всё, что прочитано:        popravka read программа.docx
Как понято указание:       popravka explain постановление.docx
Подшить в реестр:          popravka ingest программа.docx
Обработать архив:          popravka batch папка --report отчёт.html
Что проверяется и почему:  popravka rules SUM002

Код возврата: 0 — сделано, 1 — есть находки, 2 — ошибка в команде, 3 — файл не прочитан, 4 — нет нужной программы.""",
        "en": """Reads editions of municipal programmes, checks every figure and tells what each amendment changed.

\b
Check an edition:          popravka check programme.docx
Compare two editions:      popravka diff old.docx new.docx
A page for the auditor:    popravka diff old.docx new.docx -o changes.html
The comparison table:      popravka diff old.docx new.docx -o table.docx
A workbook with formulas:  popravka diff old.docx new.docx -o changes.xlsx
Draft an amending act:     popravka draft old.docx new.docx -o draft.docx
Carry an act out:          popravka amend old.docx resolution.docx
All that was read:         popravka read programme.docx
How an act was understood: popravka explain resolution.docx
File in the registry:      popravka ingest programme.docx
Take an archive through:   popravka batch folder --report report.html
What is checked and why:   popravka rules SUM002

Exit code: 0 done, 1 findings, 2 wrong use, 3 a file could not be read, 4 an outside program is missing.""",
    },
    "read": {
        "ru": """Прочитать документ и показать всё, что в нём понято и не понято.

\b
FILE — редакция программы: .docx, .doc, .rtf, .odt, .pdf, .html или .txt.
Формат узнаётся по содержимому. У каждой суммы — исходный текст, значение,
пометки и место в файле; непонятое собрано в поле unread.""",
        "en": """Read a document and show all that was understood of it and what was not.""",
    },
    "check": {
        "ru": """Проверить редакции: суммы, числа, ссылки, сроки, нумерацию.

\b
Находки идут по порядку документа; то, что лишь следует из другой ошибки,
стоит под ней. Один нечитаемый файл не мешает остальным.
Для программ: popravka check *.docx --format json -o находки.json""",
        "en": """Check editions: sums, numbers, references, periods, numbering.""",
    },
    "diff": {
        "ru": """Сравнить две редакции: что изменено само, что за ним последовало, что не объяснено.

\b
OLD — прежняя редакция, NEW — новая; форматы могут быть разными.
Три редакции и больше, по порядку, дают историю каждой суммы и изменения шаг за шагом.
Строки сопоставляются по задаче, номеру и наименованию, не по положению.
С ключом --by — что объявлено и сделано, объявлено и не сделано, сделано и не объявлено.

\b
docx — сравнительная таблица: № п/п, структурная единица, прежняя и новая редакция,
       примечание; A4 поперёк, изменённые слова отмечены.
xlsx — книга: сводка, изменения, суммы (итоги — формулы), находки.
md   — для письма и чата; html — страница, которой не нужна сеть.""",
        "en": """Compare two editions: what changed in its own right, what followed, what is unexplained.""",
    },
    "amend": {
        "ru": """Исполнить постановления на прежней редакции и записать ту, что должна получиться.

\b
OLD — прежняя редакция, RESOLUTION — постановления, которыми она изменяется: исполняются по датам.
Инструкция исполняется, только если её место в редакции одно и прежние слова стоят там;
иначе не изменяет ничего, и сказано, почему. Итоги не пересчитываются.
Редакция для печати: popravka amend старая.docx постановление.docx --format docx -o новая.docx""",
        "en": """Carry resolutions out on a former edition and write the edition that results.""",
    },
    "draft": {
        "ru": """Составить проект постановления, которое приводит одну редакцию к другой.

\b
OLD — действующая редакция, NEW — та, что должна получиться.
В паспорте строка излагается заново, в приложениях заменяются цифры и слова
в названных строках и графах; где изменено слишком много — приложение целиком.
Проект: popravka draft старая.docx новая.docx -o проект.docx""",
        "en": """Draft the amending act that leads from one edition to the other.""",
    },
    "ingest": {
        "ru": """Подшить документы в реестр: прочитать, проверить, сравнить с прежней редакцией — и сказать, что нужно знать сейчас.

\b
Программу узнают по базовому постановлению, редакцию — по последнему из постановлений, которые её изменили.
Подшитое дважды ничего не меняет; подшитое с опозданием встаёт на своё место.""",
        "en": """File documents in the registry: read, check, compare with the edition before, and tell what must be known now.""",
    },
    "batch": {
        "ru": """Прочитать, проверить и подшить архив: папки целиком, с архивами .zip и .7z внутри.

\b
Прерванный прогон продолжается с того места, где его остановили; неизменённые файлы заново не читаются.
Файл, на котором программа споткнулась, остальных не задержит: у каждого свой исход.
Отчёт: popravka batch архив --report отчёт.html --report отчёт.json
На кластере Dask: popravka batch архив --scheduler tcp://узел:8786 --registry postgresql://…""",
        "en": """Read, check and file an archive: whole folders, with the .zip and .7z archives in them.""",
    },
    "export": {
        "ru": """Выгрузить архив таблицами для аналитика: суммы, находки, изменения — по строке на каждое.

\b
FOLDER — папка для файлов amounts, findings, changes (.csv или .parquet) или editions.jsonl.""",
        "en": """Export the archive as tables: amounts, findings, changes, one row each; or editions as JSON Lines.""",
    },
    "purge": {
        "ru": """Удалить из реестра программу или документ вместе с подлинниками и всем, что из них следует.""",
        "en": """Remove a programme or a document from the registry, with originals and all that follows from them.""",
    },
    "backup": {
        "ru": """Сохранить реестр с подлинниками в один файл .zip.""",
        "en": """Save the registry with its originals in one .zip file.""",
    },
    "restore": {
        "ru": """Восстановить реестр из резервной копии; реестр должен быть пуст, база может быть другой.""",
        "en": """Restore a registry from a backup; the registry must be empty, its database may be another.""",
    },
    "programmes": {
        "ru": """Показать программы реестра: сколько редакций подшито и каких не хватает.""",
        "en": """Show the programmes of the registry: how many editions are filed and which are missing.""",
    },
    "editions": {
        "ru": """Показать редакции программы по порядку.

\b
PROGRAMME — номер базового постановления: 504, а если таких несколько — «504 от 17.09.2020».""",
        "en": """Show the editions of a programme in order.""",
    },
    "changelog": {
        "ru": """Показать, что меняли поправки программы: две редакции — как diff, больше — история.

\b
PROGRAMME — номер базового постановления; --from и --to — номера постановлений, с какой и по какую редакцию.""",
        "en": """Show what the amendments of a programme changed: two editions as diff does, more as a history.""",
    },
    "explain": {
        "ru": """Показать, как понято указание об изменении: слова, контекст, место, операция — или почему не понято.


TEXT — указание в кавычках командной строки или FILE — акт целиком.
popravka explain 'в строке «Цель» паспорта слово «рост» заменить словом «развитие»'
popravka explain постановление.docx --format json
--corrections — файл TOML, в котором человек решает то, что осталось непонятым.""",
        "en": """Show how an amending instruction was understood: its words, context, place and operation, or why it was not.""",
    },
    "rules": {
        "ru": """Показать перечень проверок или страницу одной проверки: что, почему, примеры.""",
        "en": """Show the catalogue of checks, or one check's page.""",
    },
    "schema": {
        "ru": """Показать JSON Schema того, что пишут read, check и diff с --format json.""",
        "en": """Show the JSON Schema of what read, check and diff write with --format json.""",
    },
}

OPTIONS: dict[str, dict[str, str]] = {
    "lang": {"ru": "язык сообщений", "en": "language of messages"},
    "output": {
        "ru": "куда записать; без ключа и с «-» — на экран; вид виден по имени файла",
        "en": "where to write; none or “-”: standard output; the file's name tells the form",
    },
    "form": {"ru": "вид результата", "en": "form of the result"},
    "version": {"ru": "показать версию", "en": "show the version"},
    "settings": {
        "ru": "файл настроек TOML: пределы чтения, путь к LibreOffice, проверки",
        "en": "settings file (TOML): limits of reading, path of LibreOffice, rules",
    },
    "by": {
        "ru": "постановления, которые привели одну редакцию к другой: каждое изменение сверяется с ними",
        "en": "the acts that led from one edition to the other: every change is held against them",
    },
    "view": {
        "ru": "исправления Word: final — приняты, original — отклонены",
        "en": "tracked changes: final — accepted, original — rejected",
    },
    "ledger": {"ru": "учёт текста: что прочитано и что оставлено", "en": "ledger of text: what was read and what was left out"},
    "registry": {
        "ru": "адрес реестра: sqlite:///файл или postgresql://…",
        "en": "the registry's URL: sqlite:///file or postgresql://…",
    },
    "originals": {
        "ru": "где хранить подлинники; обычно — рядом с базой",
        "en": "where originals are kept; usually beside the database",
    },
    "workers": {"ru": "сколько документов читать сразу", "en": "how many documents are read at once"},
    "scheduler": {"ru": "адрес планировщика Dask: tcp://узел:8786", "en": "address of a Dask scheduler: tcp://host:8786"},
    "timeout": {"ru": "предел времени на документ, секунд", "en": "limit of time for a document, seconds"},
    "memory": {"ru": "предел памяти на документ, мегабайт", "en": "limit of memory for a document, megabytes"},
    "retry": {"ru": "попробовать снова и то, что не прочиталось раньше", "en": "try again what could not be read before"},
    "report": {
        "ru": "куда записать отчёт: .json или .html; можно несколько раз",
        "en": "where to write the report: .json or .html; may be repeated",
    },
    "programme": {"ru": "номер базового постановления", "en": "number of the base act"},
    "document": {"ru": "SHA-256 документа", "en": "SHA-256 of a document"},
    "yes": {"ru": "удалить без вопросов", "en": "remove without asking"},
    "from": {"ru": "с какой редакции: номер постановления", "en": "from which edition: the number of its act"},
    "to": {"ru": "по какую редакцию: номер постановления", "en": "up to which edition: the number of its act"},
    "json": {"ru": "то же, что --format json", "en": "the same as --format json"},
    "blocks": {"ru": "показать разметку документа: абзацы и таблицы", "en": "show the document model: paragraphs and tables"},
    "fail_on": {"ru": "с какой находки код возврата становится 1", "en": "findings from which the exit code is 1"},
    "corrections": {
        "ru": "файл TOML: как человек читает указания, которые остались непонятыми",
        "en": "TOML file: how a person reads the instructions that were not understood",
    },
    "help": {"ru": "показать эту справку", "en": "show this help"},
}
