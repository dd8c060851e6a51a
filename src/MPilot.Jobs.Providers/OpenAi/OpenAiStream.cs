using System.Text.Json;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Failures;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Reads the event stream of <c>POST /images/edits</c> with <c>stream=true</c>: previews are shown as they come, the completed picture is the answer.</summary>
internal sealed class OpenAiStream(OpenAiAnswer answer)
{
    private const string Partial = "image_edit.partial_image";
    private const string Completed = "image_edit.completed";

    private static readonly ReadOnlyMemory<byte> Done = "[DONE]"u8.ToArray();

    /// <summary>Whether a response is an event stream: servers that do not stream answer as always.</summary>
    public static bool IsStream(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/event-stream";

    /// <summary>The completed picture, or why there is none.</summary>
    public async Task<DriverAnswer> ReadAsync(HttpResponseMessage response, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        try
        {
            await using var events = new SseReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await events.NextAsync(cancellationToken) is { } next && !await next.Data.StartsWithAsync(Done, cancellationToken))
            {
                if (await TakeAsync(next, status, call, io, cancellationToken) is { } end)
                {
                    return end;
                }
            }

            return Failed(FailureKind.Broken, status, "The stream ended without a completed picture.");
        }
        catch (InvalidDataException)
        {
            return Failed(FailureKind.Broken, status, "The stream is malformed.");
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellationToken))
        {
            return Cut(status);
        }
    }

    /// <summary>Deals with one event; an answer if it was the last that matters.</summary>
    private async Task<DriverAnswer?> TakeAsync(SseEvent next, int status, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var isPreview = next.Name == Partial;
        var outcome = await JsonSpill.ReadAsync(next.Data, isPreview ? io.BeginPreviewAsync : io.BeginPictureAsync, cancellationToken);
        switch (outcome)
        {
            case SpillOutcome.Cut:
                return Cut(status);
            case SpillOutcome.Complete complete:
                await using (complete.Json)
                {
                    return await TakeAsync(complete.Json, next.Name, status, call, io, cancellationToken);
                }

            default:
                return Failed(FailureKind.Broken, status, ((SpillOutcome.Broken)outcome).Reason);
        }
    }

    private async Task<DriverAnswer?> TakeAsync(
        SpilledJson json, string? name, int status, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        switch (name ?? OpenAiAnswer.Named(json, "type"))
        {
            case Partial:
                if (await answer.PictureAsync(json, json.Root, call, io, cancellationToken) is { } preview)
                {
                    var (quality, background) = (OpenAiAnswer.Named(json, "quality"), OpenAiAnswer.Named(json, "background"));
                    await io.PreviewAsync(0, preview, quality, background, cancellationToken);
                }

                return null;

            case Completed:
                return await CompletedAsync(json, status, call, io, cancellationToken);

            default:
                return json.Root.ValueKind == JsonValueKind.Object && json.Root.TryGetProperty("error", out _)
                    ? new DriverAnswer.Failed(answer.Nothing(json.Root, status, call.Secret))
                    : null;
        }
    }

    private async Task<DriverAnswer> CompletedAsync(
        SpilledJson json, int status, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        if (await answer.PictureAsync(json, json.Root, call, io, cancellationToken) is not { } picture)
        {
            return new DriverAnswer.Failed(answer.Nothing(json.Root, status, call.Secret));
        }

        answer.Show(json, call, io);
        return new DriverAnswer.Delivered(
            [new(picture)], OpenAiAnswer.UsageOf(json.Root), OpenAiAnswer.Named(json, "quality"), OpenAiAnswer.Named(json, "background"));
    }

    private static DriverAnswer.Failed Cut(int status) => Failed(FailureKind.TimedOut, status, "The connection was lost before the stream was complete.");

    private static DriverAnswer.Failed Failed(FailureKind kind, int status, string message) => new(new(kind, status, Message: message));
}
