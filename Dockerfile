# A static dryboot: `docker build -t dryboot .`, then `docker run --rm -v "$PWD:/work:ro" dryboot lint`.
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /build
COPY . .
RUN cargo build --locked --profile dist --package dryboot-cli && cp target/dist/dryboot /dryboot

# Alpine's shell is what GitLab and other runners start their scripts with.
FROM alpine:3.22 AS ci
COPY --from=build /dryboot /usr/local/bin/dryboot
WORKDIR /work
ENTRYPOINT ["dryboot"]

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /dryboot /usr/local/bin/dryboot
WORKDIR /work
ENTRYPOINT ["dryboot"]
CMD ["lint"]
