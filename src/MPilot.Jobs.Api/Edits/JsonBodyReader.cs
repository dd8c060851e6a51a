using System.Text.Json;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Streaming;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads a JSON body once: texts into memory, pictures decoded straight into the store.</summary>
internal sealed class JsonBodyReader(Pictures pictures, MPilotOptions options)
{
    /// <summary>Fills the form.</summary>
    /// <returns>Why the body cannot be read on, or <c>null</c>. Mistakes that leave it readable are in the form.</returns>
    public async Task<ApiError?> ReadAsync(EditForm form, Stream body, Caller caller, CancellationToken cancellationToken)
    {
        var rules = new SpillRules((place, token) => pictures.BeginAsync(caller.Tenant, RoleOf(place), token))
        {
            IsPicture = place => place.Member is { } member && PictureField.RoleOf(member) is not null,
            MaxResidue = FormLimits.AllTextBytes,
            MaxPicture = options.Pictures.MaxBytes,

            // The body counts itself.
            MaxTotal = long.MaxValue,
        };
        switch (await JsonSpill.ReadAsync(body, rules, cancellationToken))
        {
            case SpillOutcome.Complete { Json: var json }:
                await using (json)
                {
                    return await FillAsync(form, json, cancellationToken);
                }

            case SpillOutcome.Flawed flawed:
                return ErrorOf(flawed);
            default:
                cancellationToken.ThrowIfCancellationRequested();
                return ErrorCatalog.InvalidJson("The body is cut short.");
        }
    }

    private async Task<ApiError?> FillAsync(EditForm form, SpilledJson json, CancellationToken cancellationToken)
    {
        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return ErrorCatalog.InvalidJson("The body must be a JSON object.");
        }

        var images = new JsonPictureReader(json, form, options.Http);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.Root.EnumerateObject())
        {
            if (seen.Count == FormLimits.Parts)
            {
                return ErrorCatalog.BodyTooLarge(null, $"A body may have at most {FormLimits.Parts} members.");
            }

            if (!seen.Add(member.Name))
            {
                return Repeated(member.Name);
            }

            var tooLong = PictureField.RoleOf(member.Name) is { } role
                ? await images.ReadAsync(member.Name, role, member.Value, cancellationToken)
                : JsonFields.Take(form, member.Name, member.Value);
            if (tooLong is not null)
            {
                return tooLong;
            }
        }

        return null;
    }

    /// <summary>Readers of JSON disagree on which of two counts, so that such a body is no request at all.</summary>
    private static ApiError Repeated(string name)
        => ErrorCatalog.InvalidValue(EditFields.Shown(name), $"{EditFields.Shown(name)} is given more than once.");

    private static ArtifactRole RoleOf(JsonPlace place)
        => place.Member is { } member ? PictureField.RoleOf(member) ?? ArtifactRole.Source : ArtifactRole.Source;

    private ApiError ErrorOf(SpillOutcome.Flawed flawed)
    {
        var name = EditFields.Shown(flawed.Place.ToString());
        return flawed.Flaw switch
        {
            SpillFlaw.PictureTooLarge => ErrorCatalog.PictureTooLarge(name, options.Pictures.MaxBytes),
            SpillFlaw.TooManyPictures => ErrorCatalog.InvalidValue(PictureField.Image, JsonPictureReader.TooMany),
            SpillFlaw.ResidueTooLong => ErrorCatalog.BodyTooLarge(null, $"A body may have at most {FormLimits.AllTextBytes} bytes besides its large pictures."),
            SpillFlaw.NotUnicode when name.Length > 0 => ErrorCatalog.InvalidValue(name, $"{name} is not valid Unicode."),
            SpillFlaw.NotUnicode => ErrorCatalog.InvalidJson("The body is not valid Unicode."),
            _ => ErrorCatalog.InvalidJson("The body is not valid JSON."),
        };
    }
}
