package main

import "google.golang.org/genai"

var open = []*genai.SafetySetting{
	// ruleid: go-safety-filter-off
	{Category: genai.HarmCategoryHarassment, Threshold: genai.HarmBlockThresholdBlockNone},
	// ruleid: go-safety-filter-off
	{Category: genai.HarmCategoryHateSpeech, Threshold: genai.HarmBlockThresholdOff},
	// ok: go-safety-filter-off
	{Category: genai.HarmCategoryDangerousContent, Threshold: genai.HarmBlockThresholdBlockLowAndAbove},
}

// ok: go-safety-filter-off
var alarm = boiler.ThresholdOff
