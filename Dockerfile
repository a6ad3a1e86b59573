# Builds the program and leaves it in an image without a shell, run by a user who owns nothing but /idgraph.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/IdentityGraph -c Release -o /app && mkdir /idgraph

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /idgraph /idgraph
USER 1654
WORKDIR /idgraph
VOLUME /idgraph
ENTRYPOINT ["/app/idgraph"]
