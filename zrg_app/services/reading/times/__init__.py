"""Which future times does a text offer?"""

from zrg_app.services.reading.times.instants import Moment, moments, parse_times

__all__ = ["Moment", "moments", "parse_times"]
