package leakbench.p51;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import leakbench.harness.Harness;

/** Each build reports its steps to the tracing back end of its own project. */
public final class BuildServer {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p51", args);
    BuildTracing tracing = new BuildTracing(!h.leaky());
    h.drive(3, i -> tracing.trace("build-" + i));
    h.finish();
  }
}

final class BuildTracing {
  private final boolean close;

  BuildTracing(boolean close) {
    this.close = close;
  }

  void trace(String build) {
    SdkTracerProvider provider = SdkTracerProvider.builder()
        .addSpanProcessor(BatchSpanProcessor.builder(new Discarding()).build())
        .build();
    Span span = provider.get("builds").spanBuilder(build).startSpan();
    span.end();
    if (close) {
      provider.close();
    }
  }

  private static final class Discarding implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
