import keras
import tensorflow as tf
from keras.models import load_model
from tensorflow import keras as tfk


def load(path):
    # ruleid: python-keras-unsafe-load
    a = keras.models.load_model(path, safe_mode=False)
    # ruleid: python-keras-unsafe-load
    b = load_model(path, compile=False, safe_mode=False)
    # ruleid: python-keras-unsafe-load
    c = tf.keras.models.load_model(path, custom_objects={}, safe_mode=False)
    # ruleid: python-keras-unsafe-load
    d = tfk.saving.load_model(path, safe_mode=False)
    return a, b, c, d


# ruleid: python-keras-unsafe-load
keras.config.enable_unsafe_deserialization()


def good(path, flag):
    # ok: python-keras-unsafe-load
    a = keras.models.load_model(path)
    # ok: python-keras-unsafe-load
    b = load_model(path, safe_mode=True)
    # ok: python-keras-unsafe-load
    c = load_model(path, safe_mode=flag)
    # ok: python-keras-unsafe-load
    d = interpreter.configure(safe_mode=False)
    # ok: python-keras-unsafe-load
    print("load_model(path, safe_mode=False)")
    return a, b, c, d
