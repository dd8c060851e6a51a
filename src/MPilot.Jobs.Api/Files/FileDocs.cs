using MPilot.Jobs.Api.Artifacts;
using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Files;

/// <summary>Describes <c>/v1/files</c>.</summary>
internal static class FileDocs
{
    private const string Group = "Files";

    private static readonly FileBody File = new(
        "file_01a2039661917fb3925cd8306e5f0cd3", "file", 128_004, EditSamples.Created, EditSamples.Created + 2_592_000, "picture.png", "vision", "processed");

    private static readonly ParameterDoc Id = ParameterDoc.Id("The file.", File.Id);

    public static readonly CallDoc Upload = new("createFile", Group, "Upload a picture once, for many edits")
    {
        Description = "Edits and masks refer to it with `{\"file_id\": …}` in JSON. Its own name is not kept; it goes after `Retention:Files`, 30 days if nothing else is said.",
        Bodies =
        [
            BodyDoc.Form(
            [
                new(FileUploading.FileField, FieldKind.Picture, "png, jpeg or webp, one frame, at most 50 MB and 50 megapixels.") { IsRequired = true },
                new(FilePurpose.Field, FieldKind.Text, "What it is for. All mean the same here; `batch` is refused.")
                {
                    IsRequired = true, Choices = FilePurpose.Known, Example = FilePurpose.Known[0],
                },
            ]),
        ],
        Answers =
        [
            AnswerDoc.Json(200, "The file.", ApiJson.Wire.FileBody, ("file", File)),
            .. ErrorDocs.Of(
                ErrorCatalog.InvalidValue(FilePurpose.Field, "purpose must be one of vision, user_data, assistants."),
                ErrorDocs.Wrong(m => m.Missing(FilePurpose.Field, "purpose is required")),
                ErrorDocs.Wrong(m => m.Unsupported(FilePurpose.Field, FilePurpose.NoBatches)),
                ErrorCatalog.InvalidMultipart("failed to parse multipart form: it is cut short or malformed."),
                ErrorCatalog.BodyTooLarge(FileUploading.FileField, "file is larger than 52428800 bytes."), ErrorCatalog.UnsupportedMediaType()),
        ],
    };

    public static readonly CallDoc List = new("listFiles", Group, "List files, newest first")
    {
        Description = "The next page starts `after` the `last_id` of this one.",
        Parameters =
        [
            ParameterDoc.Query(new(FilePurpose.Field, FieldKind.Text, "Only files uploaded for that.") { Choices = FilePurpose.Known }),
            ParameterDoc.Query(new("after", FieldKind.Text, "The id of a file of yours: only those that follow it.")),
            ParameterDoc.Query(new("limit", FieldKind.Integer, $"At most so many. Default: {FileListing.DefaultLimit}.") { Min = 1, Max = FileListing.MaxLimit }),
            ParameterDoc.Query(new("order", FieldKind.Text, "Oldest or newest first. Default: `desc`.") { Choices = ["asc", "desc"] }),
        ],
        Answers =
        [
            AnswerDoc.Json(200, "A page.", ApiJson.Wire.PageBodyFileBody, ("page", Page.Of([File], b => b.Id, hasMore: true))),
            .. ErrorDocs.Of(ErrorCatalog.InvalidValue("limit", $"limit must be a number from 1 to {FileListing.MaxLimit}.")),
        ],
    };

    public static readonly CallDoc Get = new("getFile", Group, "Look at a file")
    {
        Parameters = [Id],
        Answers = [AnswerDoc.Json(200, "What it is.", ApiJson.Wire.FileBody, ("file", File)), .. ErrorDocs.Of(FileReading.Gone)],
    };

    public static readonly CallDoc Content = new("getFileContent", Group, "Fetch the bytes of a file")
    {
        Parameters = [Id, ArtifactDocs.Range],
        Answers =
        [
            .. AnswerDoc.Picture(200, "The picture."),
            .. AnswerDoc.Picture(206, "Some of its bytes."),
            AnswerDoc.Empty(304, "You have it."),
            AnswerDoc.Empty(416, "It has no such bytes."),
            .. ErrorDocs.Of(FileReading.Gone),
        ],
    };

    public static readonly CallDoc Delete = new("deleteFile", Group, "Delete a file")
    {
        Description = "Jobs that use its picture are not disturbed.",
        Parameters = [Id],
        Answers = [AnswerDoc.Json(200, "It is gone.", ApiJson.Wire.FileDeletedBody, ("deleted", new(File.Id))), .. ErrorDocs.Of(FileReading.Gone)],
    };
}
