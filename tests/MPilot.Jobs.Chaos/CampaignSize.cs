namespace MPilot.Jobs.Chaos;

/// <summary>How much is done to the service.</summary>
/// <param name="Jobs">How many requests are planned.</param>
/// <param name="Kills">How often the service is killed while they are made.</param>
/// <param name="Seed">Decides what is asked, how the providers fail and at which kind of moment the service dies; how these meet is up to the machine.</param>
internal sealed record CampaignSize(int Jobs, int Kills, int Seed);
