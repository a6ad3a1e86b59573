# Builds the program, compiled ahead of time for the platform of the image, and leaves it in an image without a shell, run by a user who
# owns nothing but /idgraph. The command picks what it does: `daemon` collects, everything else asks.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/IdentityGraph -c Release --use-current-runtime --self-contained false -o /app && mkdir /idgraph

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /idgraph /idgraph
USER 1654
WORKDIR /idgraph
VOLUME /idgraph
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/app/idgraph", "health"]
ENTRYPOINT ["/app/idgraph"]
