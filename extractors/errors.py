"""Why a file could not be read: a code for programs, words and advice for people.

The texts are Russian message identifiers; `pipeline.wording` puts them into the
reader's language. A document that is wrong is data; only a file that cannot be
read is an error.
"""


class CannotRead(Exception):
    """A file that cannot be read. `exit_code` is the contract's: 3 file, 4 outside program."""

    code = "cannot-read"
    message = "файл не удалось прочитать"
    advice = "проверьте файл"
    exit_code = 3

    def __init__(self, file: str = "", detail: str = "") -> None:
        super().__init__(f"{file}: {self.code} {detail}".strip())
        self.file = file
        self.detail = detail

    def of(self, file: str) -> "CannotRead":
        """The same error, told of this file."""
        return type(self)(file or self.file, self.detail)


class Missing(CannotRead):
    code = "missing"
    message = "файла нет"
    advice = "проверьте путь и имя файла"


class IsFolder(CannotRead):
    code = "folder"
    message = "это папка, а нужен файл"
    advice = "укажите файлы внутри папки по одному или маской"


class NotAFile(CannotRead):
    code = "not-a-file"
    message = "это не обычный файл"
    advice = "сохраните документ в файл и укажите его"


class NoPermission(CannotRead):
    code = "no-permission"
    message = "нет права на чтение файла"
    advice = "попросите владельца открыть доступ или скопируйте файл к себе"


class Empty(CannotRead):
    code = "empty"
    message = "файл пуст (0 байт)"
    advice = "возьмите файл из источника заново"


class NoText(CannotRead):
    code = "no-text"
    message = "в файле нет ни одного видимого знака"
    advice = "возьмите файл из источника заново"


class Damaged(CannotRead):
    code = "damaged"
    message = "файл повреждён или скачан не до конца"
    advice = "возьмите его из источника заново или откройте в Word и сохраните ещё раз"


class NotWord(CannotRead):
    code = "not-word"
    message = "это архив, но не документ Word"
    advice = "распакуйте архив и укажите документ из него"


class TooLarge(CannotRead):
    code = "too-large"
    message = "файл больше, глубже или сложнее, чем допускают пределы чтения"
    advice = "проверьте, тот ли это файл; пределы меняет раздел [limits] файла настроек (ключ --settings)"


class UnknownFormat(CannotRead):
    code = "unknown-format"
    message = "содержимое не похоже ни на один из читаемых форматов"
    advice = "сохраните документ как .docx или как обычный текст .txt"


class UnknownEncoding(UnknownFormat):
    code = "unknown-encoding"
    message = "не удалось понять, в какой кодировке записан текст"
    advice = "откройте файл в редакторе, где он виден верно, и сохраните в кодировке UTF-8"


class Encrypted(CannotRead):
    code = "encrypted"
    message = "файл защищён паролем"
    advice = "откройте его с паролем и сохраните копию без защиты"


class Scanned(CannotRead):
    code = "scanned"
    message = "это скан: на страницах только картинки, текста нет"
    advice = "распознайте его (OCR) или возьмите документ Word"


class OtherKind(CannotRead):
    code = "other-kind"
    message = "это не текстовый документ"
    advice = "укажите документ: .docx, .doc, .rtf, .odt, .pdf, .html или .txt"


class TooOld(CannotRead):
    code = "too-old"
    message = "формат Word старше 6.0"
    advice = "откройте файл в LibreOffice и сохраните как .docx"


class NoOffice(CannotRead):
    code = "no-office"
    message = "для этого формата нужен LibreOffice, а его нет"
    advice = "поставьте его: apt-get install libreoffice-writer"
    exit_code = 4


class OfficeRefused(CannotRead):
    code = "office-refused"
    message = "LibreOffice не смог открыть файл: он повреждён или это не документ"
    advice = "возьмите файл из источника заново или откройте в Word и сохраните как .docx"


class OfficeFailed(CannotRead):
    code = "office-failed"
    message = "LibreOffice аварийно завершился на этом файле"
    advice = "откройте файл вручную и сохраните как .docx"
    exit_code = 4


class OfficeTimeout(CannotRead):
    code = "office-timeout"
    message = "LibreOffice не управился с файлом за отведённое время"
    advice = "откройте файл вручную и сохраните как .docx или дайте больше времени в настройке limits.conversion_seconds"
    exit_code = 4


class AmbiguousFormat(CannotRead):
    code = "ambiguous-format"
    message = "содержимое признали своим сразу несколько форматов"
    advice = "сохраните документ как .docx"


class NotEdition(CannotRead):
    code = "not-edition"
    message = "это не редакция муниципальной программы"
    advice = "укажите файл программы с паспортом и приложениями-таблицами"


class NotResolution(CannotRead):
    code = "not-resolution"
    message = "это не постановление, не решение и не распоряжение"
    advice = "укажите файл акта, которым вносятся изменения"
