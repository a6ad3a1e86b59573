# Builds the program and leaves it in an image without a shell, run by a user who owns nothing but /work.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/IdentityGraph -c Release -o /app && mkdir /work

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /work /work
USER 1654
WORKDIR /work
VOLUME /work
ENTRYPOINT ["/app/idgraph"]
