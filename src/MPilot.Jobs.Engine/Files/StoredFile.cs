using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Files;

/// <summary>A picture uploaded once, to be referred to by edits. The name it had at its caller's is not kept.</summary>
/// <param name="Id"><c>file_</c> + UUIDv7, 32 hexadecimal digits.</param>
/// <param name="Tenant">Its owner.</param>
/// <param name="Picture">The artifact it keeps alive, as a source.</param>
/// <param name="Purpose">What its owner says it is for; one of the API's words.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="ExpiresAt">From then on there is no such file. Jobs that use its picture keep it for themselves.</param>
public sealed record StoredFile(string Id, string Tenant, EditPicture Picture, string Purpose, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
