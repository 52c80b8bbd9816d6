import os

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

# ruleid: python-telemetry-in-clear
far = OTLPSpanExporter(endpoint="http://otel.example.com:4318/v1/traces")
# ruleid: python-telemetry-in-clear
os.environ["LANGCHAIN_ENDPOINT"] = "http://traces.example.org"
# ok: python-telemetry-in-clear
near = OTLPSpanExporter(endpoint="http://localhost:4318/v1/traces")
# ok: python-telemetry-in-clear
service = OTLPSpanExporter(endpoint="http://collector:4318/v1/traces")
# ok: python-telemetry-in-clear
safe = OTLPSpanExporter(endpoint="https://otel.example.com/v1/traces")
