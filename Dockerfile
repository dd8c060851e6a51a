# syntax=docker/dockerfile:1
#
#   docker build --target host -t mpilot-jobs .        the service in one process
#   docker build --target silo -t mpilot-jobs-silo .   a node of a cluster
#
#   docker run --read-only --tmpfs /tmp -v mpilot:/data -p 8080:8080 --stop-timeout 330 \
#     -e MPILOT__Keys__0__Secret -e MPILOT__Keys__0__Tenant=default mpilot-jobs
#
# NOT RUN AS A WHOLE: no image was ever built of this, for want of a Docker daemon. CHECKED BY HAND: both publish commands on a copy of what is copied here,
# both results run as another user on a read-only file system with a writable data folder and /tmp, and the health check against them.

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUGET_PACKAGES=/packages
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY infra/postgres/ infra/postgres/
COPY src/ src/

FROM source AS build-host
RUN --mount=type=cache,id=nuget,target=/packages dotnet publish src/MPilot.Jobs.Host -c Release -o /publish -p:UseAppHost=false

FROM source AS build-silo
RUN --mount=type=cache,id=nuget,target=/packages dotnet publish src/MPilot.Jobs.Silo -c Release -o /publish -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS runtime
RUN apt-get update \
  && apt-get install -y --no-install-recommends libvips42t64 \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o "$APP_UID" /data
COPY --chmod=755 infra/docker/healthy.sh /usr/local/bin/healthy
# Whoever opens it to all addresses has to bring keys: without them the service refuses to start.
ENV MPILOT__Http__Listen=http://0.0.0.0:8080 MPILOT__Data=/data
VOLUME /data
WORKDIR /app
USER $APP_UID
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["healthy", "live"]

FROM runtime AS host
COPY --from=build-host /publish .
ENTRYPOINT ["dotnet", "MPilot.Jobs.Host.dll"]

FROM runtime AS silo
COPY --from=build-silo /publish .
# For other nodes only.
EXPOSE 11111 30000
ENTRYPOINT ["dotnet", "MPilot.Jobs.Silo.dll"]
