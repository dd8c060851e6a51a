namespace MPilot.Jobs.Simulators.Pictures;

internal sealed record ShelvedPicture(PictureSpec Spec, string Label);
