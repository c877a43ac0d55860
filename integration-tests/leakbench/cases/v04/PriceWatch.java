package leakbench.v04;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** Reads short gRPC streams on virtual threads; now and then the server forgets to complete a stream. */
public final class PriceWatch {

  static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
    @Override
    public InputStream stream(String s) {
      return new ByteArrayInputStream(s.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  };

  static final MethodDescriptor<String, String> WATCH =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName("Prices", "Watch"))
          .setRequestMarshaller(TEXT)
          .setResponseMarshaller(TEXT)
          .build();

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v04", args);
    Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
        .addService(ServerServiceDefinition.builder("Prices")
            .addMethod(
                WATCH,
                ServerCalls.asyncServerStreamingCall(
                    (String req, io.grpc.stub.StreamObserver<String> o) -> {
                      o.onNext(req + "=1");
                      o.onNext(req + "=2");
                      if (!req.endsWith("0")) {
                        o.onCompleted();
                      }
                    }))
            .build())
        .build()
        .start();
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .build();
    PriceReader reader = new PriceReader(channel, h.leaky());
    h.driveInline(
        10, i -> Thread.ofVirtual().name("price-", i).start(() -> h.run(reader::read, i)));
    h.finish();
  }
}

final class PriceReader {
  private final ManagedChannel channel;
  private final boolean noDeadline;

  PriceReader(ManagedChannel channel, boolean noDeadline) {
    this.channel = channel;
    this.noDeadline = noDeadline;
  }

  void read(int i) {
    CallOptions o = noDeadline
        ? CallOptions.DEFAULT
        : CallOptions.DEFAULT.withDeadlineAfter(800, TimeUnit.MILLISECONDS);
    try {
      Iterator<String> it =
          ClientCalls.blockingServerStreamingCall(channel, PriceWatch.WATCH, o, "S" + (i % 50));
      while (it.hasNext()) {
        it.next();
      }
    } catch (StatusRuntimeException e) {
      // DEADLINE_EXCEEDED: show the last price
    }
  }
}
