using MPilot.Jobs.Domain.Attempts;

namespace MPilot.Jobs.Api.Streams;

/// <summary>Makes a link to a picture that came at a moment; <c>null</c> once it has expired.</summary>
internal delegate Uri? PictureLink(DeliveredPicture picture, DateTimeOffset cameAt);
