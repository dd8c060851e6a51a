using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Artifacts;

/// <summary>Describes <c>/v1/artifacts</c>.</summary>
internal static class ArtifactDocs
{
    public static readonly ParameterDoc Range = ParameterDoc.Header(new("Range", FieldKind.Text, "Some of the bytes.") { Example = "bytes=0-1023" });

    public static readonly CallDoc Get = new("getArtifact", "Pictures", "Fetch a picture by its signed link")
    {
        Description = "Links come with answers, jobs and events; they cannot be made up, and end. Ranges are served; no credentials are looked at.",
        Parameters =
        [
            ParameterDoc.Id("The picture.", "art_01a20396a1c07d6b8a52f3c1de1f0a11"),
            ParameterDoc.Query(new("exp", FieldKind.Integer, "When the link ends, in Unix seconds.") { IsRequired = true }),
            ParameterDoc.Query(new("kid", FieldKind.Text, "The key it is signed with.") { IsRequired = true }),
            ParameterDoc.Query(new("sig", FieldKind.Text, "The signature.") { IsRequired = true }),
            ParameterDoc.Query(new("index", FieldKind.Integer, "Only names the downloaded file.")),
            Range,
        ],
        Answers =
        [
            .. AnswerDoc.Picture(200, "The picture."),
            .. AnswerDoc.Picture(206, "Some of its bytes."),
            AnswerDoc.Empty(304, "You have it."),
            AnswerDoc.Empty(416, "It has no such bytes."),
            .. ErrorDocs.OfOpen(ErrorCatalog.InvalidSignature(), ErrorCatalog.ResultExpired("The picture has expired.")),
        ],
    };
}
